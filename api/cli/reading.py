"""`cables search`, `cables ask`, `cables show`."""

import json
from typing import Annotated, Any

import typer
from rich.console import Console

from api.cli.options import Classifications, DateFrom, DateTo, Json, Posts, Store, Tags, filters_of, settings_for
from api.cli.rendering import print_answer, print_cable, print_paragraph, print_passages
from rag.filters import Filters
from rag.lock import service_url
from rag.owner_key import owner_key
from rag.question import checked
from rag.settings import Settings

_OWNER_WAIT_SECONDS = 20.0  # another `ask` is over by then; a longer owner is told of


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
    found = _search(
        settings_for(store), checked(query), k, filters_of(posts, tags, classifications, date_from, date_to)
    )
    if as_json:
        print(json.dumps(found, ensure_ascii=False))
    elif found:
        print_passages(Console(), found)
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
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show what was retrieved.")] = False,
) -> None:
    """Answer a question with citations."""
    answer = answered(
        settings_for(store), checked(question), filters_of(posts, tags, classifications, date_from, date_to)
    )
    if as_json:
        print(json.dumps(answer, ensure_ascii=False))
    else:
        print_answer(Console(), answer, verbose)


def show(
    citation: Annotated[str, typer.Argument(help='A citation or a cable: "TOKYO 2367 ¶3", 08TOKYO2367.')],
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Open the exact paragraph, or a whole cable."""
    from rag.archive_catalog import open_catalog
    from rag.cable_json import cable_json, paragraph_json
    from rag.lookup import open_citation

    opened = open_citation(open_catalog(settings_for(store)), citation)
    shown: dict[str, Any] = (
        cable_json(opened.cable, opened.with_year)
        if opened.paragraph is None
        else paragraph_json(opened.cable, opened.paragraph, opened.with_year)
    )
    if as_json:
        print(json.dumps(shown, ensure_ascii=False))
    elif opened.paragraph is None:
        print_cable(Console(), shown)
    else:
        print_paragraph(Console(), shown)


def answered(settings: Settings, question: str, filters: Filters) -> dict[str, Any]:
    """The `ask` object, through the running service when one owns the store."""
    if url := service_url(settings.store):
        from api.client import ServiceClient

        return ServiceClient(url, owner_key(settings.store)).ask(question, filters)
    from rag.archive import Archive
    from rag.asking import Ask

    with Archive(settings, wait=_OWNER_WAIT_SECONDS) as archive:
        return archive.chain.invoke(Ask(question, filters)).json()


def _search(settings: Settings, query: str, k: int, filters: Filters) -> list[dict[str, Any]]:
    if url := service_url(settings.store):
        from api.client import ServiceClient

        return ServiceClient(url, owner_key(settings.store)).search(query, k, filters)
    from rag.archive import Archive

    with Archive(settings, wait=_OWNER_WAIT_SECONDS) as archive:
        return [passage.search_json() for passage in archive.search(query, k, filters)]
