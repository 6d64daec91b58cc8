"""`cables verify`, `cables rebuild`, `cables backup`, `cables restore`."""

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from api.cli.options import OWNER_WAIT_SECONDS, Store, audited, settings_for
from api.cli.progress import steps
from api.cli.rendering import plain, print_outgoing
from rag.errors import CablesError
from rag.settings import Settings

if TYPE_CHECKING:
    from rag.archive import Archive
    from rag.catalog.backup import RestoredBackup
    from rag.index.audit import Audit

_EXAMPLES = 3


def verify(store: Store = None) -> None:
    """Check that the catalog and the indexes agree, paragraph by paragraph; exit 1 if they do not."""
    from rag.archive import Archive

    with (
        Archive(settings_for(store), wait=OWNER_WAIT_SECONDS) as archive,
        steps("verifying", archive.catalog.size().cables) as advance,
    ):
        audit = archive.audit(advance)
        precision = archive.precision()
    print_audit(Console(), audit)
    if audit.encoder is not None:
        print(f"Vectors against the encoder ({precision}): least cosine {audit.encoder:.3f} over a sample.")
    if not audit.agrees:
        raise typer.Exit(1)


def rebuild(
    store: Store = None,
    everything: Annotated[bool, typer.Option("--all", help="Rebuild both indexes, not only what differs.")] = False,
) -> None:
    """Repair the indexes from the catalog."""
    from rag.archive import Archive
    from rag.catalog.catalog import open_catalog
    from rag.index.reindex import request_reindex
    from rag.index.repair import mark_for_repair

    settings = settings_for(store)
    if everything:
        request_reindex(settings, OWNER_WAIT_SECONDS)
    open_catalog(settings).close()  # raises where there is no store; opened for writing, an archive would be created
    with Archive(settings, create=True, wait=OWNER_WAIT_SECONDS) as archive:
        if not everything:
            if archive.refill_graph():
                print("The graph of vectors was made anew.")
            with steps("verifying", archive.catalog.size().cables) as advance:
                audit = archive.audit(advance)
            mark_for_repair(archive.catalog, archive.indexes, audit)
        done = index_waiting(archive)
    print(f"{done} cables were indexed again." if done else "Nothing differed.")


def backup(
    path: Annotated[
        Path, typer.Argument(metavar="FILE", help="Where to write it; nothing is overwritten. A folder with --keep.")
    ],
    store: Store = None,
    keep: Annotated[
        int | None,
        typer.Option(
            min=1, help="Name the file by date and time, and delete all but so many whole backups of this store."
        ),
    ] = None,
) -> None:
    """Write the archive to a file as it is now, while a service or an ingest may continue."""
    from rag.catalog.backup import write_backup
    from rag.catalog.backup_folder import dated_file, remove_older
    from rag.catalog.catalog import open_catalog
    from rag.catalog.withdrawals import Withdrawals

    settings = settings_for(store)
    file = path if keep is None else dated_file(path, datetime.now(UTC))
    audited(settings, "backup").shown(["*"])
    with open_catalog(settings) as catalog:
        size = write_backup(catalog, file)
        print(f"{size.cables:,} cables with {size.paragraphs:,} paragraphs are in {file}.")
        try:
            if catalog.read_only:
                raise CablesError("the store cannot be written")
            Withdrawals(catalog).note_backup(str(file.absolute()))
        except CablesError as error:
            print(f"cables: a later withdrawal cannot warn of this backup: {error}", file=sys.stderr)
            return
        if keep is not None:
            gone, damaged = remove_older(catalog, path, keep)
            print(f"Deleted: {', '.join(each.name for each in gone) or 'nothing'}.")
            for each in damaged:
                print(f"cables: {each} is damaged; it does not count and stays where it is", file=sys.stderr)


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup made by `cables backup`.")],
    store: Store = None,
    replace: Annotated[bool, typer.Option("--replace", help="Replace what the store contains now.")] = False,
) -> None:
    """Restore the archive from a backup, and index it."""
    with restored_archive(settings_for(store), file, replace) as (archive, restored):
        size = archive.catalog.size()
    print(f"{size.cables:,} cables with {size.paragraphs:,} paragraphs are restored and indexed.")
    if restored.kept_out:
        print(f"Withdrawn since the backup was made, and kept out: {', '.join(restored.kept_out)}.")
    elif not restored.had_tombstones:
        print(
            "This store knew of no withdrawals: what was withdrawn elsewhere since the backup was made is here again."
        )


@contextmanager
def restored_archive(
    settings: Settings, file: Path, replace: bool = False
) -> "Iterator[tuple[Archive, RestoredBackup]]":
    """The archive of the settings, restored from the file and indexed, and what was restored.

    Raises:
        BadInput: the file is no backup, or the store holds cables and `replace` is off.
        StoreMismatch: the backup was made by another version.
    """
    from rag.archive import Archive
    from rag.index.reindex import restore_and_request_reindex

    restored = restore_and_request_reindex(settings, file, replace, OWNER_WAIT_SECONDS)
    with Archive(settings, create=True, wait=OWNER_WAIT_SECONDS) as archive:
        index_waiting(archive)
        yield archive, restored


def index_waiting(archive: "Archive") -> int:
    """Index what waits, after it was told what will be sent to another machine; returns the number of cables."""
    print_outgoing(archive.outgoing())
    with steps("indexing", len(archive.catalog.unindexed())) as advance:
        return archive.index_pending(advance)


def print_audit(console: Console, audit: "Audit") -> None:
    """Whether catalog and indexes agree; where they do not, what differs and how to mend it."""
    counted = f"{audit.cables:,} cables, {audit.paragraphs:,} paragraphs, {audit.windows:,} windows"
    if audit.agrees:
        console.print(f"{counted}: catalog, vectors and words agree.")
        return
    console.print(f"{counted}: catalog and indexes do not agree.")
    table = Table("where", "what", "entries", "such as", box=None)
    kinds = Counter((difference.index, difference.what) for difference in audit.differences)
    for (index, what), count in sorted(kinds.items()):
        entries = [item.entry for item in audit.differences if (item.index, item.what) == (index, what)]
        table.add_row(index, what, f"{count:,}", plain(", ".join(entries[:_EXAMPLES])))
    if audit.unindexed:
        table.add_row("both", "not indexed yet", f"{len(audit.unindexed):,}", ", ".join(audit.unindexed[:_EXAMPLES]))
    if not audit.same_encoder:
        table.add_row("vectors", "by another encoder", "all", f"cosine {audit.encoder:.2f}")
    for key in audit.withdrawn:
        table.add_row("catalog", "withdrawn", "", key)
    for fault in audit.damage:
        table.add_row("catalog", "damaged", "", plain(fault))
    console.print(table)
    console.print(_remedy(audit))


def _remedy(audit: "Audit") -> str:
    if audit.withdrawn and not audit.damage:
        return "Take it out again with `cables rebuild`."
    if audit.damage:
        return "Restore a backup with `cables restore`."
    if not audit.same_encoder:
        return "Rebuild the indexes with `cables rebuild --all`."
    if audit.differences:
        return "Repair what differs with `cables rebuild`."
    return "An ingest is running or was interrupted: run it again, or run `cables rebuild`."
