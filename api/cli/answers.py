"""`cables answers list`, `show`, `again`, `note`, `delete`: kept answers."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from api.cli.options import Json, Store, audited, by_service_or_archive, settings_for
from api.cli.rendering import plain, print_answer
from api.cli.saving import Force, SaveTo, check_free, save_answer
from rag.domain.access import OWNER

if TYPE_CHECKING:
    from rag.archive import Archive
    from rag.catalog.catalog import Catalog
    from rag.domain.kept_answer import ReopenedAnswer

app = typer.Typer(help="Kept answers.", no_args_is_help=True)

_ERASED = "(erased)"

AnswerId = Annotated[str, typer.Argument(metavar="ID", help="As `cables answers list` shows it.")]


@app.command(name="list")
def list_answers(
    most: Annotated[int, typer.Option("-n", min=1, max=1000, help="How many to list, the latest first.")] = 20,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """List the kept answers of all keys."""
    from rag.catalog.kept_answers import KeptAnswers

    with _catalog(store) as catalog:
        page = KeptAnswers(catalog).page(most)
    listed = [each.listed(OWNER) for each in page.answers]
    if as_json:
        print(json.dumps(listed, ensure_ascii=False))
        return
    if not listed:
        print("No answer was kept; `cables ask QUESTION --keep` keeps one.")
        return
    table = Table("id", "kept", "by", "question", "note", box=None)
    for each in listed:
        table.add_row(
            each["id"], each["kept"][:10], *map(plain, (each["by"], each["question"] or _ERASED, each["note"]))
        )
    Console().print(table)
    if page.next is not None:
        print("There are more; -n says how many to list.")


@app.command()
def show(
    answer_id: AnswerId, save: SaveTo = None, force: Force = False, store: Store = None, as_json: Json = False
) -> None:
    """Open a kept answer, and tell which of its sources were changed or are gone."""
    from api.http.keeping_service import enter_shown

    check_free(save, force)
    settings = settings_for(store)
    with _catalog(store) as catalog:
        opened = _opened(catalog, answer_id)
    enter_shown(audited(settings, "answers show"), opened)
    shown = opened.json()
    if save is not None:
        save_answer(settings, shown, save, force, "answers show")
    if as_json:
        print(json.dumps(shown, ensure_ascii=False))
    else:
        print_kept(Console(), shown)


@app.command()
def again(answer_id: AnswerId, store: Store = None, as_json: Json = False) -> None:
    """Ask the question of a kept answer again, and tell what differs."""
    from api.http.keeping_service import asked_again, enter_shown, query_again

    settings = settings_for(store)

    def by_archive(archive: "Archive") -> dict[str, Any]:
        before = _opened(archive.catalog, answer_id)
        after = archive.chain.invoke(query_again(before))
        reader = audited(settings, "answers again")
        reader.answered(after)
        enter_shown(reader, before)
        return asked_again(before, after)

    done = by_service_or_archive(settings, lambda service: service.again(answer_id), by_archive)
    if as_json:
        print(json.dumps(done, ensure_ascii=False))
    else:
        print_difference(Console(), done)


@app.command()
def note(
    answer_id: AnswerId, text: Annotated[str, typer.Argument(help="The note, in place of the one there is.")],
    store: Store = None,
) -> None:  # fmt: skip
    """Change the note of a kept answer."""
    from rag.catalog.kept_answers import KeptAnswers

    with _catalog(store) as catalog:
        KeptAnswers(catalog).set_note(answer_id, text)
    print(f"The note of {answer_id} is changed.")


@app.command()
def delete(answer_id: AnswerId, store: Store = None) -> None:
    """Delete a kept answer."""
    from rag.catalog.kept_answers import KeptAnswers

    with _catalog(store) as catalog:
        KeptAnswers(catalog).delete(answer_id)
    print(f"{answer_id} is deleted.")


def print_kept(console: Console, kept: dict[str, Any]) -> None:
    """A kept answer: its question, the answer, then what became of its sources."""
    console.print(plain(kept["question"] or kept["asked"]["question"] or _ERASED), style="bold")
    print_answer(console, kept)
    by = f"Kept on {kept['kept'][:10]} by {kept['by']}" + (f": {kept['note']}" if kept["note"] else ".")
    console.print(plain(f"\n{by}"))
    for status in ("changed", "gone"):
        names = dict.fromkeys(each["citation"] for each in kept["citations"] if each["status"] == status)
        if names:
            console.print(plain(f"{status.capitalize()} since: {', '.join(names)}."))
    if kept["withheld"]:
        console.print(f"Sentences left out, because their sources are gone: {kept['withheld']}.")


def print_difference(console: Console, done: dict[str, Any]) -> None:
    """The answer of today, then what it says more and less than the kept one."""
    print_answer(console, done["answer"])
    console.print()
    sentences, citations = done["sentences"], done["citations"]
    for sign, name in (("+", "added"), ("-", "removed")):
        for sentence in sentences[name]:
            console.print(plain(f"{sign} {sentence['text']}"))
        if citations[name]:
            console.print(plain(f"{sign} {', '.join(each['citation'] for each in citations[name])}"))
    if not any((*citations.values(), sentences["added"], sentences["removed"])):
        console.print("Nothing differs from the kept answer.")
    else:
        counted = (f"{name} {len(sentences[name])}" for name in ("added", "removed", "same"))
        console.print(f"Sentences: {', '.join(counted)}.")


def _opened(catalog: "Catalog", answer_id: str) -> "ReopenedAnswer":
    from rag.catalog.kept_answers import KeptAnswers
    from rag.catalog.reopening import reopen

    return reopen(KeptAnswers(catalog).get(answer_id), catalog)


def _catalog(store: Path | None) -> "Catalog":
    from rag.catalog.catalog import open_catalog

    return open_catalog(settings_for(store))
