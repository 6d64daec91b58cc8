"""The routes that cite a cable or a paragraph, in printed styles and in formats for programs."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.responses import JSONResponse, Response

from api.http.citing_schemas import CitedBody
from api.http.dependencies import Audited, CableIdPath, NumberPath, OpenArchive
from api.problems import problem_responses
from rag.catalog.lookup import open_paragraph
from rag.citing.citable import Citable, Holding
from rag.citing.citation_style import MEDIA_TYPES, CitationStyle
from rag.citing.citation_text import cite_in
from rag.domain.cable_id import CableId

router = APIRouter(tags=["read"])

_PLAIN = "text/plain"
_BODIES: dict[int | str, dict[str, Any]] = {
    200: {"content": {media: {"schema": {"type": "string"}} for media in (_PLAIN, *MEDIA_TYPES.values())}}
}
_RESPONSES = _BODIES | problem_responses(HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND, HTTPStatus.GONE)


class CitingRoute:
    """Cites for the sender of one request, in the style and as the media type that it asks for."""

    def __init__(
        self,
        request: Request,
        archive: OpenArchive,
        audited: Audited,
        style: Annotated[
            CitationStyle | None, Query(description="`chicago` where neither this nor Accept says.")
        ] = None,
        accept: Annotated[str, Header()] = "*/*",
    ) -> None:
        assert isinstance(request.app.state.holding, Holding)  # noqa: S101 - set by create_app
        self._holding = request.app.state.holding
        self._archive = archive
        self._audited = audited
        self._media = next((media for media in MEDIA_TYPES.values() if media in accept), None)
        if self._media is not None:
            style = next(each for each, media in MEDIA_TYPES.items() if media == self._media)
        elif _PLAIN in accept:
            self._media = _PLAIN
        self._style = style or CitationStyle.CHICAGO

    def respond(self, cable_id: str, number: str | None) -> Response:
        """The citation of a cable or of a paragraph of it."""
        opened = open_paragraph(self._archive.catalog, str(CableId.parse(cable_id)), number)
        self._audited.shown(cables=[str(opened.cable.id)])
        cited = cite_in(self._style, Citable.of(opened, self._holding))
        return JSONResponse(cited.json()) if self._media is None else Response(cited.text, media_type=self._media)


Citing = Annotated[CitingRoute, Depends()]


@router.get("/cables/{cable_id}/cite", response_model=CitedBody, responses=_RESPONSES)
def cite_cable(cable_id: CableIdPath, citing: Citing) -> Response:
    """A whole cable cited. `Accept` may ask for the text alone, or for a format of reference managers."""
    return citing.respond(cable_id, None)


@router.get("/cables/{cable_id}/paragraphs/{number}/cite", response_model=CitedBody, responses=_RESPONSES)
def cite_paragraph(cable_id: CableIdPath, number: NumberPath, citing: Citing) -> Response:
    """A paragraph cited. `Accept` may ask for the text alone, or for a format of reference managers."""
    return citing.respond(cable_id, number)
