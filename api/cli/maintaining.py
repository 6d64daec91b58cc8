"""`cables verify`, `cables rebuild`, `cables backup`, `cables restore`."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from api.cli.options import Store, settings_for
from api.cli.rendering import plain

if TYPE_CHECKING:
    from rag.audit import Audit

_OWNER_WAIT_SECONDS = 20.0
_EXAMPLES = 3


def verify(store: Store = None) -> None:
    """Prove that the catalog and the indexes agree, paragraph by paragraph; exit 1 if they do not."""
    from rag.archive import Archive

    with (
        Archive(settings_for(store), wait=_OWNER_WAIT_SECONDS) as archive,
        _progress("verifying", archive.catalog.size().cables) as advance,
    ):
        audit = archive.audit(advance)
        numerics = archive.numerics()
    _print_audit(Console(), audit)
    if audit.encoder is not None:
        print(f"Vectors against the encoder in {numerics}: least cosine {audit.encoder:.3f} over a sample.")
    if not audit.agrees:
        raise typer.Exit(1)


def rebuild(
    store: Store = None,
    everything: Annotated[bool, typer.Option("--all", help="Make both indexes anew, not only what differs.")] = False,
) -> None:
    """Mend the indexes from the catalog."""
    from rag.archive import Archive
    from rag.mending import mark_for_mending
    from rag.renewal import order_renewal

    settings = settings_for(store)
    if everything:
        order_renewal(settings, _OWNER_WAIT_SECONDS)
    with Archive(settings, wait=_OWNER_WAIT_SECONDS) as archive:
        if not everything:
            with _progress("verifying", archive.catalog.size().cables) as advance:
                audit = archive.audit(advance)
            mark_for_mending(archive.catalog, archive.indexes, audit)
        with _progress("indexing", len(archive.catalog.unindexed())) as advance:
            done = archive.sync(advance)
    print(f"{done} cables were indexed anew." if done else "Nothing differed.")


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it; nothing is overwritten.")],
    store: Store = None,
) -> None:
    """Write the archive to a file, as it is at this moment; a service or an ingest may go on meanwhile."""
    from rag.archive import open_catalog
    from rag.backup import write_backup

    with open_catalog(settings_for(store)) as catalog:
        size = write_backup(catalog, file)
    print(f"{size.cables:,} cables with {size.paragraphs:,} paragraphs are in {file}.")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup made by `cables backup`.")],
    store: Store = None,
    replace: Annotated[bool, typer.Option("--replace", help="Lose what the store holds now.")] = False,
) -> None:
    """Make the archive what it was when a backup was written, and index it."""
    from rag.archive import Archive
    from rag.renewal import restore_and_order_renewal

    settings = settings_for(store)
    restore_and_order_renewal(settings, file, replace, _OWNER_WAIT_SECONDS)
    with (
        Archive(settings, create=True, wait=_OWNER_WAIT_SECONDS) as archive,
        _progress("indexing", len(archive.catalog.unindexed())) as advance,
    ):
        archive.sync(advance)
        size = archive.catalog.size()
    print(f"{size.cables:,} cables with {size.paragraphs:,} paragraphs are restored and indexed.")


@contextmanager
def _progress(what: str, total: int) -> Iterator[Callable[[int], None]]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=total)
        yield lambda done: progress.advance(task, done)


def _print_audit(console: Console, audit: "Audit") -> None:
    counted = f"{audit.cables:,} cables, {audit.paragraphs:,} paragraphs, {audit.windows:,} windows"
    if audit.agrees:
        console.print(f"{counted}: catalog, vectors and words agree.")
        return
    console.print(f"{counted}: catalog and indexes do not agree.")
    table = Table("where", "what", "entries", "such as", box=None)
    kinds = Counter((each.index, each.what) for each in audit.differences)
    for (index, what), count in sorted(kinds.items()):
        such = [each.entry for each in audit.differences if (each.index, each.what) == (index, what)]
        table.add_row(index, what, f"{count:,}", plain(", ".join(such[:_EXAMPLES])))
    if audit.waiting:
        table.add_row("both", "not indexed yet", f"{len(audit.waiting):,}", ", ".join(audit.waiting[:_EXAMPLES]))
    if not audit.same_encoder:
        table.add_row("vectors", "of another encoder", "all", f"cosine {audit.encoder:.2f}")
    for fault in audit.damage:
        table.add_row("catalog", "damaged", "", plain(fault))
    console.print(table)
    console.print(_remedy(audit))


def _remedy(audit: "Audit") -> str:
    if audit.damage:
        return "Restore a backup with `cables restore`."
    if not audit.same_encoder:
        return "Make the indexes anew with `cables rebuild --all`."
    if audit.differences:
        return "Mend what differs with `cables rebuild`."
    return "An ingest is at work, or was broken off: run it again, or `cables rebuild`."
