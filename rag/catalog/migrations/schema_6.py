"""a version for each index in place of one for all"""

import sqlalchemy as sa
from alembic import op

from rag.catalog.manifest import versions_before_6

revision, down_revision = "6", "5"
SECONDS_A_MILLION = 0

_MANIFEST = sa.table("manifest", sa.column("name"), sa.column("value"))


def upgrade() -> None:
    """From schema 5. The request for new indexes names them too."""
    rows = op.get_bind().execute(sa.select(_MANIFEST))
    versions = versions_before_6({row.name: row.value for row in rows})
    if versions:
        op.execute(sa.delete(_MANIFEST).where(_MANIFEST.c.name == "index"))
        op.bulk_insert(_MANIFEST, [{"name": name, "value": value} for name, value in versions.items()])
    request = sa.update(_MANIFEST).where(_MANIFEST.c.name == "renew")
    op.execute(request.where(_MANIFEST.c.value == "words").values(value="lexical"))
    op.execute(request.where(_MANIFEST.c.value == "yes").values(value="chroma flat lexical"))
