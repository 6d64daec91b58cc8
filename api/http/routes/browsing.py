"""The routes that lead through the archive: lists, citations, references, similar paragraphs, months."""

from datetime import date
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query

from api.http import browsing_service as service
from api.http.browsing_schemas import CablesBody, MonthBody, ReferencesBody, ResolvedBody
from api.http.dependencies import Audited, CableIdPath, NumberPath, OpenArchive, SearchFilters
from api.http.schemas import SearchBody
from api.problems import problem_responses
from rag.catalog.listing import ListingFilters
from rag.query.query import checked

router = APIRouter(tags=["read"])

Value = Annotated[str | None, Query(max_length=64, pattern=r"^[^\x00]*$")]


@router.get("/cables", response_model=CablesBody, responses=problem_responses(HTTPStatus.BAD_REQUEST))
def cables(
    archive: OpenArchive,
    audited: Audited,
    post: Value = None,
    year: Annotated[int | None, Query(ge=1966, le=2065, examples=[2008])] = None,
    tag: Value = None,
    classification: Value = None,
    date_from: date | None = None,
    date_to: date | None = None,
    cursor: Annotated[str | None, Query(max_length=200, description="`next` of the page before.")] = None,
    limit: Annotated[int, Query(ge=0, le=200, description="0 for the counts alone.")] = 50,
) -> dict[str, Any]:
    """The cables, oldest first, page by page, with counts by post, year, TAGS and classification."""
    chosen = ListingFilters(post, year, tag, classification, date_from, date_to)
    page = service.list_cables(archive, chosen, limit, cursor)
    audited.shown(cables=service.shown_cables(page["cables"]))
    return page


@router.get(
    "/resolve", response_model=ResolvedBody, responses=problem_responses(HTTPStatus.BAD_REQUEST, HTTPStatus.GONE)
)
def resolved(
    archive: OpenArchive, citation: Annotated[str, Query(max_length=200, examples=["Tokyo 2367 para 3"])]
) -> dict[str, Any]:
    """What a citation means, in any spelling people type; suggestions where the archive holds nothing just so."""
    return service.resolve_citation(archive, citation)


@router.get(
    "/cables/{cable_id}/references",
    response_model=ReferencesBody,
    responses=problem_responses(HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.GONE),
)
def references(cable_id: CableIdPath, archive: OpenArchive, audited: Audited) -> dict[str, Any]:
    """The cables this one refers to, in the order it prints them, and those that refer to it."""
    found = service.cable_references(archive, cable_id)
    audited.shown(cables=service.shown_cables([*found["outgoing"], *found["incoming"]]))
    return found


@router.get(
    "/cables/{cable_id}/paragraphs/{number}/similar",
    response_model=list[SearchBody],
    responses=problem_responses(HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.GONE),
)
def similar(
    cable_id: CableIdPath,
    number: NumberPath,
    archive: OpenArchive,
    audited: Audited,
    k: Annotated[int, Query(ge=1, le=100)] = 10,
) -> list[dict[str, Any]]:
    """The paragraphs nearest in meaning to this one, best first."""
    passages = service.similar_paragraphs(archive, cable_id, number, k)
    audited.shown(passage.key for passage in passages)
    return [passage.json() for passage in passages]


@router.get("/timeline", response_model=list[MonthBody], responses=problem_responses(HTTPStatus.BAD_REQUEST))
def timeline(
    archive: OpenArchive,
    filters: SearchFilters,
    query: Annotated[str, Query(max_length=4000, examples=["fishing quotas"])],
) -> list[dict[str, Any]]:
    """How many paragraphs of each month hold most of the words of a query; months without any are left out."""
    counts = archive.lexical.months(checked(query), filters.filters())
    return [{"month": month, "paragraphs": count} for month, count in counts.items()]
