"""`GET /scan` and `GET /coverage`: every hit of a query, and what the archive lacks."""

from collections.abc import Iterable, Iterator
from http import HTTPStatus
from itertools import chain
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query
from fastapi.responses import StreamingResponse

from api.http.dependencies import Audited, OpenArchive, SearchFilters
from api.http.scanning_schemas import CoverageBody, ScanBody
from api.observability.audit_log import AuditedReader
from api.problems import problem_responses
from rag.catalog.coverage import Coverage, coverage_json
from rag.domain.answer_table import csv_lines
from rag.query.scan_reader import MOST_SCANNED, read_scan
from rag.retrieval.scanner import SCAN_COLUMNS, ScanHit

router = APIRouter(tags=["read"])

_CSV = "text/csv"
_AS_CSV: dict[int | str, dict[str, Any]] = {
    200: {"content": {_CSV: {"schema": {"type": "string"}, "example": f"{','.join(SCAN_COLUMNS)}\r\n"}}}
}


@router.get("/scan", response_model=ScanBody, responses=problem_responses(HTTPStatus.BAD_REQUEST) | _AS_CSV)
def scan(
    archive: OpenArchive,
    audited: Audited,
    filters: SearchFilters,
    query: Annotated[str, Query(max_length=MOST_SCANNED, examples=['"fishing quota*" -herring'])],
    cursor: Annotated[str | None, Query(max_length=200, description="`next` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    accept: Annotated[str, Header()] = "*/*",
) -> Any:
    """Every paragraph that holds what is looked for, as it is written, oldest first, with totals by month and post.

    Words must all occur; `"a phrase"`, `begin*`, `"words near"~5`, `one OR other`, `-without`. Case and accents are
    ignored. With `Accept: text/csv` all hits come as a stream, a line each; `cursor` and `limit` are then ignored.
    """
    sought = read_scan(query)
    if _CSV in accept:
        batches = archive.scanner.batches(sought, filters.filters())
        first = next(batches, ())  # a query that is refused is refused before the response has begun
        return StreamingResponse(_csv(chain([first], batches), audited), media_type=_CSV)
    page = archive.scanner.page(sought, filters.filters(), limit, cursor)
    audited.shown(hit.key for hit in page.hits)
    return page.json()


@router.get(
    "/coverage", response_model=CoverageBody, responses=problem_responses(HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND)
)
def coverage(
    archive: OpenArchive,
    post: Annotated[str | None, Query(max_length=64, pattern=r"^[^\x00]*$", examples=["TOKYO"])] = None,
    year: Annotated[int | None, Query(ge=1966, le=2065, examples=[2008])] = None,
) -> dict[str, Any]:
    """How many cables there are by post, year and month, and how many serials are missing between them.

    With a post each gap is told, and each cable that others refer to but the archive does not hold.
    """
    return coverage_json(Coverage(archive.catalog).years(post, year), whole=post is not None)


def _csv(batches: Iterable[tuple[ScanHit, ...]], audited: AuditedReader) -> Iterator[str]:
    yield csv_lines([SCAN_COLUMNS])
    for hits in batches:
        audited.shown(hit.key for hit in hits)
        shown = (hit.json() for hit in hits)
        yield csv_lines([hit[name] for name in SCAN_COLUMNS] for hit in shown)
