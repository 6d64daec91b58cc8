"""tables for withdrawals and backups; the parser's version of each input"""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "4", None
SECONDS_A_MILLION = 1


def upgrade() -> None:
    """From schema 3. Tables may be there: versions before schema 6 made those that were missing when they opened it."""
    op.create_table(
        "tombstones",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("cable_id", sa.Text, nullable=False),
        sa.Column("locator", sa.Text),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("author", sa.Text),
        sa.Column("made", sa.BigInteger, nullable=False),
        sa.Column("salt", sa.Text, nullable=False),
        sa.Column("digest", sa.Text),
        sa.Column("words", sa.Integer),
        sa.Column("replacement", sa.Text),
        if_not_exists=True,
    )
    op.create_index("ix_tombstones_cable_id", "tombstones", ["cable_id"], if_not_exists=True)
    op.create_table(
        "withdrawn_texts",
        sa.Column("digest", sa.Text, primary_key=True),
        sa.Column("tombstone", sa.Text, sa.ForeignKey("tombstones.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("key", sa.Text, nullable=False),
        if_not_exists=True,
    )
    op.create_table(
        "backups",
        sa.Column("path", sa.Text, primary_key=True),
        sa.Column("made", sa.BigInteger, nullable=False),
        if_not_exists=True,
    )
    op.add_column("ledger", sa.Column("parser", sa.Integer))
    op.execute("UPDATE ledger SET parser = (SELECT CAST(value AS INTEGER) FROM manifest WHERE name = 'parser')")
