"""`cables upgrade`: a store of an older version is brought up."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.maintaining import index_waiting
from api.cli.options import OWNER_WAIT_SECONDS, Store, settings_for
from rag.settings import Settings

if TYPE_CHECKING:
    from rag.catalog.catalog import Catalog
    from rag.catalog.upgrade import UpgradeStep

_MOST_FOLDERS = 50


def upgrade(
    store: Store = None,
    plan: Annotated[bool, typer.Option("--plan", help="Only say what would be done, and how long it takes.")] = False,
) -> None:
    """Bring an older store up to this version in place, and say what to ingest again."""
    from rag.catalog.catalog import open_catalog
    from rag.catalog.manifest import REINDEX, SCHEMA_VERSION
    from rag.catalog.upgrade import planned_steps, upgrade_schema
    from rag.index.lock import StoreLock
    from rag.index.reindex import planned_rebuilds, request_older
    from rag.store_folder import make_private

    settings = settings_for(store)
    with open_catalog(settings, older=True) as catalog:
        planned = [*planned_steps(catalog, settings.store), *planned_rebuilds(catalog)]
        _print_plan(planned)
        if plan and planned:
            print("Nothing was changed.")
            return
        if planned:
            make_private(settings.store)  # a catalog elsewhere may be upgraded first
            with StoreLock(settings.store, OWNER_WAIT_SECONDS):
                upgrade_schema(catalog, settings.store)
                request_older(catalog)
        rebuilding = REINDEX in catalog.manifest()  # also one that was broken off
    if rebuilding:
        _index(settings)
    print(f"The catalog has schema {SCHEMA_VERSION} and the indexes are as this version needs them.")
    with open_catalog(settings) as catalog:
        if waiting := len(catalog.unindexed()):
            print(f"{waiting:,} cables are not indexed yet: run `cables rebuild`, or the ingest that was broken off.")
        _print_older(catalog)


def _print_plan(planned: "Sequence[UpgradeStep]") -> None:
    for step in planned:
        print(f"{step.what} ({_about(step.seconds)})")


def _about(seconds: float) -> str:
    if seconds < 60:
        return "seconds"
    minutes = round(seconds / 60)
    return f"about {minutes} min" if minutes < 100 else f"about {round(seconds / 3600)} h"


def _index(settings: Settings) -> None:
    from rag.archive import Archive

    with Archive(settings, create=True, wait=OWNER_WAIT_SECONDS) as archive:  # only so is it the owner on a server
        index_waiting(archive)


def _print_older(catalog: "Catalog") -> None:
    from ingest.parser import PARSER_VERSION
    from rag.catalog.upgrade import read_by_older

    older = read_by_older(catalog, PARSER_VERSION)
    if not older.sources:
        return
    print(
        f"An older parser than version {PARSER_VERSION} read {older.cables:,} cables. They are searched and shown "
        "as before. To have them read anew, ingest their files again, into this store: it keeps its withdrawals."
    )
    folders = Counter(str(Path(source.partition("!")[0]).parent) for source in older.sources)
    for folder, count in sorted(folders.items())[:_MOST_FOLDERS]:
        print(f"  {folder} ({count:,})")
