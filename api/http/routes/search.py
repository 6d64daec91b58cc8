"""The routes that search and read one archive."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query

from api.http.browsing_service import read_cable, read_paragraph
from api.http.dependencies import Audited, CableIdPath, NumberPath, OpenArchive, SearchFilters
from api.http.schemas import CableBody, ParagraphBody, SearchBody
from api.problems import problem_responses
from rag.query.query import checked

router = APIRouter()


@router.get(
    "/search", response_model=list[SearchBody], responses=problem_responses(HTTPStatus.BAD_REQUEST), tags=["ask"]
)
def search(
    archive: OpenArchive,
    audited: Audited,
    filters: SearchFilters,
    query: Annotated[str, Query(max_length=4000, examples=["fishing quotas"])],
    k: Annotated[int, Query(ge=1, le=100)] = 10,
) -> list[dict[str, Any]]:
    """The paragraphs that match best, best first."""
    passages = archive.search(checked(query), k, filters.filters())
    audited.shown(passage.key for passage in passages)
    return [passage.json() for passage in passages]


@router.get(
    "/cables/{cable_id}",
    response_model=CableBody,
    responses=problem_responses(HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.GONE),
    tags=["read"],
)
def cable(cable_id: CableIdPath, archive: OpenArchive, audited: Audited) -> dict[str, Any]:
    """A whole cable with its paragraphs."""
    shown = read_cable(archive, cable_id)
    audited.shown((each["key"] for each in shown["paragraphs"]), [shown["id"]])
    return shown


@router.get(
    "/cables/{cable_id}/paragraphs/{number}",
    response_model=ParagraphBody,
    responses=problem_responses(HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.GONE),
    tags=["read"],
)
def paragraph(cable_id: CableIdPath, number: NumberPath, archive: OpenArchive, audited: Audited) -> dict[str, Any]:
    """One paragraph: `3`, `5~2` for a second 5, `0` for text before ¶1, `u1` in a cable that numbers nothing."""
    shown = read_paragraph(archive, cable_id, number)
    audited.shown([shown["key"]])
    return shown
