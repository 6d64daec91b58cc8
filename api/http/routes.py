"""The routes that search and read one archive."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query

from api.http.dependencies import Narrowed, OpenArchive
from api.http.problems import documented
from api.http.schemas import CableBody, ParagraphBody, SearchBody
from rag.cable_id import CableId
from rag.cable_json import cable_json, paragraph_json
from rag.lookup import open_paragraph
from rag.question import checked

router = APIRouter()

CableIdPath = Annotated[str, Path(max_length=64, examples=["08TOKYO2367"])]


@router.get("/search", response_model=list[SearchBody], responses=documented(HTTPStatus.BAD_REQUEST), tags=["ask"])
def search(
    archive: OpenArchive,
    narrowed: Narrowed,
    query: Annotated[str, Query(max_length=4000, examples=["fishing quotas"])],
    k: Annotated[int, Query(ge=1, le=100)] = 10,
) -> list[dict[str, Any]]:
    """The paragraphs that match best, best first."""
    return [passage.search_json() for passage in archive.search(checked(query), k, narrowed.filters())]


@router.get(
    "/cables/{cable_id}",
    response_model=CableBody,
    responses=documented(HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND),
    tags=["read"],
)
def cable(cable_id: CableIdPath, archive: OpenArchive) -> dict[str, Any]:
    """A whole cable with its paragraphs."""
    opened = open_paragraph(archive.catalog, str(CableId.parse(cable_id)), None)
    return cable_json(opened.cable, opened.with_year)


@router.get(
    "/cables/{cable_id}/paragraphs/{number}",
    response_model=ParagraphBody,
    responses=documented(HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND),
    tags=["read"],
)
def paragraph(
    cable_id: CableIdPath, number: Annotated[str, Path(max_length=16, examples=["3", "5~2"])], archive: OpenArchive
) -> dict[str, Any]:
    """One paragraph: `3`, `5~2` for a second 5, `0` for text before ¶1, `u1` in a cable that numbers nothing."""
    opened = open_paragraph(archive.catalog, str(CableId.parse(cable_id)), number)
    assert opened.paragraph is not None  # noqa: S101 - open_paragraph found it
    return paragraph_json(opened.cable, opened.paragraph, opened.with_year)
