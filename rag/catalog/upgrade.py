"""Bringing the tables of an older store up to this version, in place and in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, func, inspect, or_, select, text, update

from rag.catalog.cable_rows import write_manifest
from rag.catalog.catalog import Catalog
from rag.catalog.manifest import PARSER, SCHEMA_VERSION, check_schema
from rag.catalog.tables import cables, ledger, manifest

_SCHEMA = "schema"


@dataclass(frozen=True, slots=True)
class SchemaStep:
    """The step from one schema version to the next; `what` says in a few words what it does."""

    source: str
    target: str
    what: str
    run: Callable[[Connection], None]


def _to_4(connection: Connection) -> None:
    # Tables that are missing were made when the catalog was opened.
    if "parser" not in {column["name"] for column in inspect(connection).get_columns("ledger")}:
        connection.execute(text("ALTER TABLE ledger ADD COLUMN parser INTEGER"))
    version = connection.scalar(select(manifest.c.value).where(manifest.c.name == PARSER))
    if version is not None:
        connection.execute(update(ledger).values(parser=int(version)))


def _to_5(connection: Connection) -> None:
    """Nothing is left to do: the new table was made when the catalog was opened.

    The version keeps older programs away, whose withdrawals would not reach the kept answers.
    """


STEPS = (
    SchemaStep("3", "4", "tables for withdrawals and backups; the parser's version of each input", _to_4),
    SchemaStep("4", "5", "a table for kept answers", _to_5),
)


@dataclass(frozen=True, slots=True)
class OlderReading:
    """What an older parser read: how many cables, and the inputs they came from, sorted."""

    cables: int
    sources: tuple[str, ...]


def planned_steps(catalog: Catalog, store: Path) -> list[SchemaStep]:
    """The steps that bring this catalog up; none where it is of this version.

    Raises:
        StoreMismatch: there is no way from its version to this one.
    """
    version, steps = catalog.manifest().get(_SCHEMA, SCHEMA_VERSION), list[SchemaStep]()
    while step := next((each for each in STEPS if each.source == version), None):
        steps.append(step)
        version = step.target
    if version != SCHEMA_VERSION:
        check_schema(catalog.manifest(), store)
    return steps


def upgrade_schema(catalog: Catalog, store: Path) -> list[SchemaStep]:
    """Take these steps and return them; a run that is broken off changes nothing. Raises as `planned_steps`."""
    steps = planned_steps(catalog, store)
    if steps:
        with catalog.begin(writing=True) as connection:
            for step in steps:
                step.run(connection)
            write_manifest(connection, {_SCHEMA: SCHEMA_VERSION})
    return steps


def read_by_older(catalog: Catalog, parser: int) -> OlderReading:
    """What is held as a parser before this version read it; tables must be of this version."""
    older = or_(ledger.c.parser.is_(None), ledger.c.parser < parser)
    with catalog.begin() as connection:
        held = select(func.count()).select_from(cables).where(cables.c.id.in_(select(ledger.c.cable_id).where(older)))
        sources = select(ledger.c.source).where(older).distinct().order_by(ledger.c.source)
        return OlderReading(connection.scalar(held) or 0, tuple(connection.scalars(sources)))
