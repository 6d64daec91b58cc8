"""`cables scan`, `cables coverage`."""

import json
import sys
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

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
from api.cli.scan_view import print_coverage, print_coverage_of_post, print_scan
from rag.domain.access import OWNER
from rag.domain.answer_table import csv_lines
from rag.domain.filters import Filters
from rag.errors import CablesError
from rag.query.scan_reader import read_scan
from rag.settings import Settings

if TYPE_CHECKING:
    from api.client import ServiceClient
    from rag.archive import Archive

_AT_ONCE = 200

Hits = Iterable[dict[str, Any]]


def scan(
    query: Annotated[
        str,
        typer.Argument(help='Words that all occur; "a phrase", begin*, "words near"~5, one OR other, -without.'),
    ],
    most: Annotated[int, typer.Option("-n", min=1, max=_AT_ONCE, help="How many hits to show.")] = 20,
    posts: Posts = None,
    tags: Tags = None,
    classifications: Classifications = None,
    date_from: DateFrom = None,
    date_to: DateTo = None,
    csv: Annotated[
        str | None, typer.Option("--csv", metavar="FILE", help="Write every hit to this file as CSV; - for stdout.")
    ] = None,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Find every paragraph that holds the very words, oldest first, with totals."""
    read_scan(query)  # a query that cannot be read opens nothing
    filters, settings = filters_of(posts, tags, classifications, date_from, date_to), settings_for(store)
    if csv is not None:
        _write_csv(settings, query, filters, csv)
        return

    def by_archive(archive: "Archive") -> dict[str, Any]:
        scoped = archive.as_reader(OWNER)
        page = scoped.scanner.page(read_scan(query), scoped.checked(filters), most)
        audited(settings, "scan").shown(hit.key for hit in page.hits)
        return page.json()

    page = by_service_or_archive(settings, lambda service: service.scan(query, most, filters), by_archive)
    if as_json:
        print(json.dumps(page, ensure_ascii=False))
    else:
        print_scan(Console(), page)


def coverage(
    post: Annotated[str | None, typer.Argument(help="A post, for each gap in its serials; all posts without.")] = None,
    year: Annotated[int | None, typer.Option("--year", min=1966, max=2065, help="Only cables of this year.")] = None,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Tell how many cables each post has by month, and which serials are missing."""
    from rag.catalog.catalog import open_catalog
    from rag.catalog.coverage import Coverage, coverage_json

    with open_catalog(settings_for(store)) as catalog:
        shown = coverage_json(Coverage(catalog).years(post, year), whole=post is not None)
    if as_json:
        print(json.dumps(shown, ensure_ascii=False))
    elif post is None:
        print_coverage(Console(), shown)
    else:
        print_coverage_of_post(Console(), shown)


def _write_csv(settings: Settings, query: str, filters: Filters, to: str) -> None:
    from rag.retrieval.scanner import SCAN_COLUMNS

    lines = 0
    try:
        with nullcontext(sys.stdout) if to == "-" else Path(to).open("w", encoding="utf-8", newline="") as file:
            file.write(csv_lines([SCAN_COLUMNS]))

            def write(hits: Hits) -> None:
                nonlocal lines
                rows = [[hit[name] for name in SCAN_COLUMNS] for hit in hits]
                lines += len(rows)
                file.write(csv_lines(rows))

            _each_batch(settings, query, filters, write)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise CablesError(f"{to} cannot be written: {error.strerror}") from error
    if to != "-":
        print(f"{lines:,} hits are in {to}.")


def _each_batch(settings: Settings, query: str, filters: Filters, write: Callable[[Hits], None]) -> None:
    async def by_service(service: "ServiceClient") -> None:
        cursor = None
        while True:
            page = await service.scan(query, _AT_ONCE, filters, cursor)
            write(page["hits"])
            if (cursor := page["next"]) is None:
                return

    def by_archive(archive: "Archive") -> None:
        scoped = archive.as_reader(OWNER)
        for hits in scoped.scanner.batches(read_scan(query), scoped.checked(filters)):
            audited(settings, "scan").shown(hit.key for hit in hits)
            write(hit.json() for hit in hits)

    by_service_or_archive(settings, by_service, by_archive)
