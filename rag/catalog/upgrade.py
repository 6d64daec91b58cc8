"""Bringing the tables of an older store up to this version, in place and in one transaction.

The steps are scripts of Alembic in `migrations`, each named by the schema that it leads to. The manifest says which
schema a catalog has, as before: there is no table of Alembic's own.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from rag.catalog.cable_rows import write_manifest
from rag.catalog.catalog import Catalog
from rag.catalog.manifest import SCHEMA_VERSION, UPGRADABLE, check_schema, schema_of
from rag.catalog.tables import cables, ledger

if TYPE_CHECKING:
    from alembic.script import Script

_MIGRATIONS = Path(__file__).with_name("migrations")


@dataclass(frozen=True, slots=True)
class UpgradeStep:
    """A step of an upgrade in a few words, and how many seconds it may take."""

    what: str
    seconds: float


@dataclass(frozen=True, slots=True)
class OlderReading:
    """What an older parser read: how many cables, and the inputs they came from, sorted."""

    cables: int
    sources: tuple[str, ...]


def planned_steps(catalog: Catalog, store: Path) -> list[UpgradeStep]:
    """The steps that bring this catalog up; none where it is of this version.

    Raises:
        StoreMismatch: there is no way from its version to this one.
    """
    millions = catalog.size().paragraphs / 1e6
    return [
        UpgradeStep(
            f"schema {script.down_revision or UPGRADABLE[0]} to {script.revision}: {script.doc}",
            script.module.SECONDS_A_MILLION * millions,
        )
        for script in _migrations(catalog, store)
    ]


def upgrade_schema(catalog: Catalog, store: Path) -> None:
    """Take these steps; a run that is broken off changes nothing. Raises as `planned_steps`."""
    if not (scripts := _migrations(catalog, store)):
        return
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext

    with catalog.begin(writing=True) as connection:
        with Operations.context(MigrationContext.configure(connection)):
            for script in scripts:
                script.module.upgrade()
        write_manifest(connection, {"schema": SCHEMA_VERSION})


def _migrations(catalog: Catalog, store: Path) -> "list[Script]":
    stored = catalog.manifest()
    schema = schema_of(stored)
    if schema not in UPGRADABLE:
        check_schema(stored, store)
        return []
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(_MIGRATIONS), version_locations=[str(_MIGRATIONS)])
    return list(scripts.iterate_revisions("head", "base" if schema == UPGRADABLE[0] else schema))[::-1]


def read_by_older(catalog: Catalog, parser: int) -> OlderReading:
    """What is held as a parser before this version read it; tables must be of this version."""
    older = or_(ledger.c.parser.is_(None), ledger.c.parser < parser)
    with catalog.begin() as connection:
        held = select(func.count()).select_from(cables).where(cables.c.id.in_(select(ledger.c.cable_id).where(older)))
        sources = select(ledger.c.source).where(older).distinct().order_by(ledger.c.source)
        return OlderReading(connection.scalar(held) or 0, tuple(connection.scalars(sources)))
