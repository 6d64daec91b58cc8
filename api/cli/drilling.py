"""`cables drill`: a restore of a backup, tried beside the archive."""

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from api.cli.maintaining import print_audit, restored_archive
from api.cli.options import Store, settings_for
from api.cli.reading import answer_question
from api.cli.rendering import plain
from rag.domain.filters import Filters
from rag.errors import BadInput, CablesError
from rag.query.query import Query, checked
from rag.settings import Settings

if TYPE_CHECKING:
    from rag.index.audit import Audit


def drill(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A backup, or a folder of them: the newest is tried.")],
    question: Annotated[str, typer.Argument(help="A question that the archive answers.")],
    store: Store = None,
) -> None:
    """Restore a backup into a store for the moment, verify it, and ask it what the archive answers now."""
    from rag.catalog.backup_folder import newest_backup

    settings, file = settings_for(store), newest_backup(path)
    now = answer_question(settings, checked(question), Filters())
    if now["abstained"]:
        raise BadInput("the archive does not answer this question; name one that it answers")
    started = time.monotonic()
    audit, restored = _asked_of_restored(settings, file, question)
    print(f"{file.name} was restored, indexed, verified and asked in {time.monotonic() - started:,.0f} s.")
    print_audit(Console(), audit)
    found, expected = _evidence(restored), _evidence(now)
    print(f"The archive answers from {plain(', '.join(expected))}.")
    if found != expected:
        print(f"What was restored answers from {plain(', '.join(found)) or 'nothing'}.")
    if found != expected or not audit.agrees:
        raise CablesError("the drill failed; where cables came since the backup was made, back up and drill again")


def _asked_of_restored(settings: Settings, file: Path, question: str) -> "tuple[Audit, dict[str, Any]]":
    with tempfile.TemporaryDirectory(prefix="cables-drill-") as folder:
        elsewhere = {"catalog_url": None, "chroma_url": None, "snapshots": None}
        scratch = settings.model_copy(update={"store": Path(folder), **elsewhere})
        with restored_archive(scratch, file) as (archive, _):
            return archive.audit(), archive.chain.invoke(Query(question, Filters())).json()


def _evidence(answer: dict[str, Any]) -> list[str]:
    """What tells two answers apart: their citations, or what a model was given to cite, which never cites the same."""
    keys = answer["retrieved"] if answer["mode"] == "llm" else [each["key"] for each in answer["citations"]]
    return sorted(set(keys))
