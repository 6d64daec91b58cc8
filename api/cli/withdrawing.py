"""`cables withdraw`, `cables redact`, `cables withdrawn`, `cables restore-cable`."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from api.cli.options import OWNER_WAIT_SECONDS, Json, Store, settings_for
from api.cli.rendering import plain
from rag.domain.withdrawal import WithdrawalOrder
from rag.errors import BadInput, NotFound
from rag.index.lock import service_url
from rag.settings import Settings

_MOST_LISTED = 20

CableArgument = Annotated[str, typer.Argument(metavar="CABLE", help="The cable: 08TOKYO2367 or TOKYO 2367.")]
Paragraphs = Annotated[
    list[str] | None, typer.Option("--paragraph", metavar="N", help="3, 5~2, 0 or u1; may be repeated.")
]
Reason = Annotated[str, typer.Option(help="Why; the owner sees it where the text was.")]
By = Annotated[str | None, typer.Option(metavar="NAME", help="Who decided it.")]


def withdraw(
    cable: CableArgument,
    reason: Reason,
    paragraphs: Paragraphs = None,
    by: By = None,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Take a cable, or paragraphs of it, out of the archive for good."""
    settings = settings_for(store)
    order = WithdrawalOrder(_cable_id(settings, cable), tuple(paragraphs or ()), reason, by)
    done = _carry_out(settings, order)
    _print(done, as_json, "withdrawn", "Its text stands elsewhere too; withdraw it there as well")


def redact(
    cable: CableArgument,
    replace: Annotated[
        tuple[str, str],
        typer.Option(metavar="NAME XXXX", help="The name, or - to type it unseen; and what to put in its place."),
    ],
    paragraphs: Paragraphs = None,
    reason: Reason = "a name is protected",
    by: By = None,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Replace a name in paragraphs of a cable, or in all of it, for good."""
    name, replacement = replace
    if name == "-":
        name = typer.prompt("Name", hide_input=True) if sys.stdin.isatty() else sys.stdin.readline().strip()
    settings = settings_for(store)
    order = WithdrawalOrder(_cable_id(settings, cable), tuple(paragraphs or ()), reason, by, name, replacement)
    done = _carry_out(settings, order)
    _print(done, as_json, "redacted", "The name stands elsewhere too; redact it there as well")


def withdrawn(store: Store = None, as_json: Json = False) -> None:
    """List what was withdrawn and redacted."""
    from rag.catalog.catalog import open_catalog
    from rag.catalog.tombstones import Tombstones

    with open_catalog(settings_for(store)) as catalog:
        stones = Tombstones(catalog).all()
    if as_json:
        print(json.dumps([stone.json() for stone in stones], ensure_ascii=False))
        return
    if not stones:
        print("Nothing was withdrawn.")
        return
    table = Table("what", "how", "when", "by", "reason", box=None)
    for stone in stones:
        table.add_row(stone.key, stone.kind, f"{stone.made:%Y-%m-%d}", plain(stone.by or ""), plain(stone.reason))
    Console().print(table)


def restore_cable(cable: CableArgument, store: Store = None) -> None:
    """Let a cable come back: the next ingest of it brings what was withdrawn or redacted."""
    from rag.catalog.catalog import open_catalog
    from rag.catalog.tombstones import Tombstones

    settings = settings_for(store)
    cable_id = _cable_id(settings, cable)
    with open_catalog(settings) as catalog:
        lifted = Tombstones(catalog).lift(cable_id)
    if not lifted:
        raise NotFound(f"nothing of {cable_id} was withdrawn or redacted; `cables withdrawn` lists what was")
    print(
        f"{', '.join(stone.key for stone in lifted)}: no longer kept out. The text is not in the store; "
        "ingest the original again to bring it back."
    )


def _cable_id(settings: Settings, typed: str) -> str:
    """The id of a cable that the archive holds or that was withdrawn, in any spelling of it."""
    from rag.catalog.catalog import open_catalog
    from rag.catalog.lookup import no_such_cable, only_cable, parse_citation
    from rag.catalog.tombstones import Tombstones

    citation = parse_citation(typed)
    if citation.locator is not None:
        raise BadInput(f"{typed!r} names a paragraph; name the cable, and the paragraph with --paragraph")
    with open_catalog(settings) as catalog:
        if cable_id := only_cable(catalog, citation, typed):
            return cable_id
        if stone := Tombstones(catalog).meant(citation):
            return stone.cable_id
    raise NotFound(no_such_cable(citation))


def _carry_out(settings: Settings, order: WithdrawalOrder) -> dict[str, Any]:
    if url := service_url(settings.store):
        from api.client import call_service
        from rag.index.owner_key import owner_key

        return call_service(url, owner_key(settings.store), lambda service: service.withdraw(order))
    from rag.archive import Archive

    # With a Chroma server only who may create the store owns its indexes; that it is there was seen to before.
    shared = settings.chroma_url is not None
    with Archive(settings, create=shared, wait=OWNER_WAIT_SECONDS) as archive:
        return archive.withdraw(order).json()


def _print(done: dict[str, Any], as_json: bool, how: str, elsewhere: str) -> None:
    if as_json:
        print(json.dumps(done, ensure_ascii=False))
        return
    console = Console(soft_wrap=True)
    before = " already" if done.get("already") else ""
    console.print(plain(f"{', '.join(done['keys'])}: {how}{before}. No file of the store holds it any more."))
    if done["elsewhere"]:
        console.print(plain(f"{elsewhere}: {_listed(done['elsewhere'])}."))
    if done["sources"]:
        console.print(plain(f"The files it came from are as they were: {_listed(done['sources'])}."))
    for backup in done["backups"]:
        gone = "" if Path(backup["path"]).exists() else " (no longer there)"
        console.print(plain(f"A backup of {backup['made'][:10]} may hold it: {backup['path']}{gone}."))
    console.print("Copies of the store's folder and backups made elsewhere hold it too.")


def _listed(items: list[str]) -> str:
    more = f" and {len(items) - _MOST_LISTED} more" if len(items) > _MOST_LISTED else ""
    return ", ".join(items[:_MOST_LISTED]) + more
