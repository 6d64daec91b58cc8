"""The routes that lead through the archive: lists, citations, references, neighbours, months."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query

from api.http.browsing_schemas import CablesBody, MonthBody, ReferencesBody, ResolvedBody
from api.http.dependencies import Narrowed, OpenArchive
from api.http.problems import documented
from api.http.schemas import SearchBody
from rag.cable import Cable
from rag.cable_id import CableId
from rag.cable_json import iso_utc
from rag.catalog_reader import CatalogReader
from rag.citation import cable_label
from rag.listing import Chosen, Listing
from rag.lookup import Opened, open_paragraph
from rag.question import checked
from rag.suggestions import resolve

router = APIRouter(tags=["read"])

CableIdPath = Annotated[str, Path(max_length=64, examples=["08TOKYO2367"])]
Value = Annotated[str | None, Query(max_length=64, pattern=r"^[^\x00]*$")]


@router.get("/cables", response_model=CablesBody, responses=documented(HTTPStatus.BAD_REQUEST))
def cables(
    archive: OpenArchive,
    post: Value = None,
    year: Annotated[int | None, Query(ge=1966, le=2065, examples=[2008])] = None,
    tag: Value = None,
    classification: Value = None,
    cursor: Annotated[str | None, Query(max_length=200, description="`next` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> dict[str, Any]:
    """The cables, oldest first, page by page, with counts by post, year, TAGS and classification."""
    page = Listing(archive.catalog).page(Chosen(post, year, tag, classification), limit, cursor)
    shared = archive.catalog.shared_labels(str(each.id) for each in page.cables)
    return {
        "cables": [_listed(each, str(each.id) in shared) for each in page.cables],
        "facets": page.facets,
        "next": page.next,
    }


@router.get("/resolve", response_model=ResolvedBody, responses=documented(HTTPStatus.BAD_REQUEST))
def resolved(
    archive: OpenArchive, citation: Annotated[str, Query(max_length=200, examples=["Tokyo 2367 para 3"])]
) -> dict[str, Any]:
    """What a citation means, in any spelling people type; suggestions where the archive holds nothing just so."""
    found = resolve(archive.catalog, citation)
    return {
        "citation": citation,
        "resolved": _meant(found.meant) if found.meant else None,
        "suggestions": [_meant(each) for each in found.suggestions],
    }


@router.get(
    "/cables/{cable_id}/references",
    response_model=ReferencesBody,
    responses=documented(HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND),
)
def references(cable_id: CableIdPath, archive: OpenArchive) -> dict[str, Any]:
    """The cables this one refers to, in the order it prints them, and those that refer to it."""
    cable = open_paragraph(archive.catalog, str(CableId.parse(cable_id)), None).cable
    return {
        "cable_id": str(cable.id),
        "outgoing": _ends(archive.catalog, list(cable.references)),
        "incoming": _ends(archive.catalog, archive.catalog.referring(str(cable.id))),
    }


@router.get(
    "/cables/{cable_id}/paragraphs/{number}/similar",
    response_model=list[SearchBody],
    responses=documented(HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND),
)
def similar(
    cable_id: CableIdPath,
    number: Annotated[str, Path(max_length=16, examples=["3", "5~2"])],
    archive: OpenArchive,
    k: Annotated[int, Query(ge=1, le=100)] = 10,
) -> list[dict[str, Any]]:
    """The paragraphs nearest in meaning to this one, best first."""
    opened = open_paragraph(archive.catalog, str(CableId.parse(cable_id)), number)
    assert opened.paragraph is not None  # noqa: S101 - open_paragraph found it
    return [each.search_json() for each in archive.retriever.similar(opened.cable, opened.paragraph, k)]


@router.get("/timeline", response_model=list[MonthBody], responses=documented(HTTPStatus.BAD_REQUEST))
def timeline(
    archive: OpenArchive, narrowed: Narrowed, query: Annotated[str, Query(max_length=4000, examples=["fishing quotas"])]
) -> list[dict[str, Any]]:
    """How many paragraphs of each month hold most of the words of a query; months without any are left out."""
    counts = archive.lexical.months(checked(query), narrowed.filters())
    return [{"month": month, "paragraphs": count} for month, count in counts.items()]


def _listed(cable: Cable, with_year: bool) -> dict[str, Any]:
    return {
        "id": str(cable.id),
        "label": cable.label(with_year),
        "post": cable.post,
        "date": iso_utc(cable.date),
        "subject": cable.subject,
        "classification": cable.classification,
        "caveats": list(cable.caveats),
        "tags": list(cable.tags),
    }


def _meant(opened: Opened) -> dict[str, Any]:
    cable, paragraph = opened.cable, opened.paragraph
    url = f"/cables/{cable.id}"
    if paragraph is None:
        return {"cable_id": str(cable.id), "key": None, "citation": cable.label(opened.with_year), "url": url}
    return {
        "cable_id": str(cable.id),
        "key": str(paragraph.key),
        "citation": cable.citation(paragraph, opened.with_year),
        "url": f"{url}/paragraphs/{paragraph.key.locator}",
    }


def _ends(catalog: CatalogReader, ids: list[str]) -> list[dict[str, Any]]:
    """The cables at the other ends; of those that are not there, or not for this reader, only what a REF line says."""
    shared = catalog.shared_labels(ids)
    posts = catalog.posts()
    ends: list[dict[str, Any]] = []
    for cable_id in ids:
        cable = catalog.cable(cable_id)
        parsed = CableId.parse(cable_id)
        ends.append(
            {
                "cable_id": cable_id,
                "citation_label": cable.label(cable_id in shared)
                if cable
                else cable_label(posts.get(parsed.post, parsed.post), parsed),
                "in_archive": cable is not None,
                "subject": cable.subject if cable else None,
                "date": iso_utc(cable.date) if cable else None,
            }
        )
    return ends
