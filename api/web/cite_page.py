"""`/cite/{cable}/{number}`: a paragraph, or a whole cable, cited in every style, as a page or as a panel of one."""

from asyncio import to_thread
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import PlainTextResponse, Response

from api.http.dependencies import CableIdPath, NumberPath
from api.web.cable_view import cite_path, permalink
from api.web.export import answer_with_endnotes
from api.web.history import remembered
from api.web.page_route import PageRoute
from api.web.page_service import PageService
from api.web.templates import page
from rag.citing.citable import Citable
from rag.citing.citation_style import MEDIA_TYPES, CitationStyle
from rag.citing.citation_text import cite_in
from rag.errors import BadInput

_TITLES = {
    CitationStyle.CHICAGO: "Chicago, note",
    CitationStyle.CHICAGO_BIBLIOGRAPHY: "Chicago, bibliography",
    CitationStyle.MLA: "MLA, works cited",
    CitationStyle.BIBTEX: "BibTeX",
    CitationStyle.RIS: "RIS",
    CitationStyle.CSL_JSON: "CSL-JSON",
}
_ENDINGS = {CitationStyle.BIBTEX: "bib", CitationStyle.RIS: "ris", CitationStyle.CSL_JSON: "json"}

_MOST_NOTES = 100  # each takes a tenth of a second

Download = Annotated[Literal["bibtex", "ris", "csl-json"] | None, Query()]

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@dataclass(frozen=True, slots=True)
class StyledCitation:
    """A citation in one style; `in_text` is how the text points to it, `download` the address of its file, if any."""

    title: str
    text: str
    in_text: str | None
    download: str | None


@router.get("/cite/{cable_id}")
async def cite_cable_page(request: Request, cable_id: CableIdPath, download: Download = None) -> Response:
    """A whole cable in every style; with `download`, the file for reference managers."""
    return await _cited(request, cable_id, None, download)


@router.get("/cite/{cable_id}/{number}")
async def cite_paragraph_page(
    request: Request, cable_id: CableIdPath, number: NumberPath, download: Download = None
) -> Response:
    """A paragraph in every style; with `download`, the file for reference managers."""
    return await _cited(request, cable_id, number, download)


@router.post("/endnotes")
async def endnotes(request: Request, turn: Annotated[str, Form()]) -> PlainTextResponse:
    """An answer of the page, with endnotes that stand alone, for the clipboard."""
    answers = remembered([turn])
    if not answers:
        raise BadInput("this answer cannot be read; ask the question again and copy the new answer")
    answer = answers[0].answer
    keys = dict.fromkeys(key for each in answer.sentences for key in each.citations)
    notes = await to_thread(PageService(request).notes, list(keys)[:_MOST_NOTES])
    return PlainTextResponse(answer_with_endnotes(answer, notes))


def styled(citable: Citable) -> list[StyledCitation]:
    """The citation in every style."""
    path = cite_path(citable.key)
    found = []
    for style, title in _TITLES.items():
        cited = cite_in(style, citable)
        download = f"{path}?download={style.value}" if style in _ENDINGS else None
        found.append(StyledCitation(title, cited.text.replace("\r\n", "\n").strip(), cited.in_text, download))
    return found


async def _cited(request: Request, cable_id: str, number: str | None, download: str | None) -> Response:
    label, citable = await to_thread(PageService(request).cite, cable_id, number)
    if download is not None:
        style = CitationStyle(download)
        name = f"{citable.key.replace('#', '-').replace('~', '.')}.{_ENDINGS[style]}"
        headers = {"content-disposition": f'attachment; filename="{name}"'}
        return Response(cite_in(style, citable).text, media_type=MEDIA_TYPES[style], headers=headers)
    name = "citing.html" if "hx-request" in request.headers else "cite.html"
    styles = await to_thread(styled, citable)
    return page(request, name, label=label, styles=styles, back=permalink(citable.key))
