"""`cables search`, `cables ask`, `cables show`."""

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from api.cli.citing import answer_with_notes
from api.cli.options import (
    Classifications,
    DateFrom,
    DateTo,
    Json,
    Posts,
    Store,
    Tags,
    audited,
    by_service_or_archive,
    filters_of,
    settings_for,
)
from api.cli.rendering import plain, print_answer, print_cable, print_paragraph, print_passages
from api.cli.saving import Force, SaveTo, check_free, save_answer
from rag.citing.citation_style import CitationStyle
from rag.domain.answer_table import table_csv
from rag.domain.filters import Filters
from rag.domain.kept_answer import KeptQuestion
from rag.errors import BadInput
from rag.query.query import Query, checked
from rag.settings import Settings

if TYPE_CHECKING:
    from rag.archive import Archive


def search(
    query: Annotated[str, typer.Argument(help="Words or a question.")],
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="How many paragraphs.")] = 10,
    posts: Posts = None,
    tags: Tags = None,
    classifications: Classifications = None,
    date_from: DateFrom = None,
    date_to: DateTo = None,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Rank the paragraphs that match best."""
    filters = filters_of(posts, tags, classifications, date_from, date_to)
    query, settings = checked(query), settings_for(store)

    def by_archive(archive: "Archive") -> list[dict[str, Any]]:
        paragraphs = archive.search(query, k, filters)
        audited(settings, "search").shown(paragraph.key for paragraph in paragraphs)
        return [paragraph.json() for paragraph in paragraphs]

    results = by_service_or_archive(settings, lambda service: service.search(query, k, filters), by_archive)
    if as_json:
        print(json.dumps(results, ensure_ascii=False))
    elif results:
        print_passages(Console(), results)
    else:
        print("Nothing in the archive matches.")


def ask(
    question: Annotated[str, typer.Argument(help="A question in plain words.")],
    posts: Posts = None,
    tags: Tags = None,
    classifications: Classifications = None,
    date_from: DateFrom = None,
    date_to: DateTo = None,
    store: Store = None,
    as_json: Json = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print the table of a count, list or timeline as CSV.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show what was retrieved.")] = False,
    cite: Annotated[CitationStyle | None, typer.Option(help="Print it with numbered notes in this style.")] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Keep the answer; `cables answers` lists and opens it.")] = False,
    save: SaveTo = None,
    force: Force = False,
) -> None:
    """Answer a question with citations."""
    check_free(save, force)
    filters = filters_of(posts, tags, classifications, date_from, date_to)
    settings = settings_for(store)
    answer = answer_question(settings, checked(question), filters, keep)
    if keep:
        typer.echo(f"Kept as {answer['id']}; `cables answers show {answer['id']}` opens it.", err=True)
    if save is not None:
        save_answer(settings, answer, save, force, "ask")
    if as_csv:
        if answer.get("table") is None:
            raise BadInput("the answer has no table; ask for a count, a list, a timeline, topics, or leave --csv out")
        print(table_csv(answer["table"]), end="")
    elif as_json:
        print(json.dumps(answer, ensure_ascii=False))
    elif cite is not None and not answer["abstained"]:
        print(plain(answer_with_notes(settings, answer, cite)), end="")
    else:
        print_answer(Console(), answer, verbose)


def show(
    citation: Annotated[str, typer.Argument(help='A citation or a cable: "TOKYO 2367 ¶3", 08TOKYO2367.')],
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Open the exact paragraph, or a whole cable."""
    from rag.catalog.catalog import open_catalog
    from rag.catalog.lookup import open_citation
    from rag.domain.cable_json import cable_json, paragraph_json

    settings = settings_for(store)
    with open_catalog(settings) as catalog:
        opened = open_citation(catalog, citation)
    shown: dict[str, Any] = (
        cable_json(opened.cable, opened.with_year)
        if opened.paragraph is None
        else paragraph_json(opened.cable, opened.paragraph, opened.with_year)
    )
    keys = [str(each.key) for each in ([opened.paragraph] if opened.paragraph else opened.cable.paragraphs)]
    audited(settings, "show").shown(keys, [] if opened.paragraph else [str(opened.cable.id)])
    if as_json:
        print(json.dumps(shown, ensure_ascii=False))
    elif opened.paragraph is None:
        print_cable(Console(), shown)
    else:
        print_paragraph(Console(), shown)


def answer_question(settings: Settings, question: str, filters: Filters, keep: bool = False) -> dict[str, Any]:
    """The `ask` object, from the running service when one owns the store; with `keep` it is kept."""

    def by_archive(archive: "Archive") -> dict[str, Any]:
        answer = archive.chain.invoke(Query(question, filters))
        audited(settings, "ask").answered(answer)
        if keep:
            from rag.catalog.kept_answers import KeptAnswers

            answer = KeptAnswers(archive.catalog).keep(answer, KeptQuestion(question, filters))
        return answer.json()

    return by_service_or_archive(settings, lambda service: service.ask(question, filters, keep), by_archive)
