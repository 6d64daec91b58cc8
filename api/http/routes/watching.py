"""The routes of saved searches: what is new to each, and as a feed."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import Response

from api.auth.admission import archive_of, scoped_archive
from api.auth.gate import Gate
from api.http.atom_feed import ATOM, atom_feed
from api.http.auditing import audited_reader
from api.http.dependencies import Audited, OpenArchive
from api.http.watching_schemas import FeedBody, NewHitsBody, SeenRequest, WatchBody, WatchesBody, WatchRequest
from api.http.watching_service import WatchService, feed_url
from api.problems import problem_responses
from rag.catalog.watches import key_of_feed
from rag.citing.citable import Holding

router = APIRouter(prefix="/watches", tags=["watch"])

WatchIdPath = Annotated[str, Path(max_length=64, examples=["5f3a9c0d12ab"])]
_REFUSED = problem_responses(HTTPStatus.BAD_REQUEST)
_MISSING = problem_responses(HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND)
_AS_ATOM: dict[int | str, dict[str, Any]] = {200: {"content": {ATOM: {"schema": {"type": "string"}}}}}


def _watching(request: Request, archive: OpenArchive) -> WatchService:
    return WatchService(archive, request.state.key_id)


Watching = Annotated[WatchService, Depends(_watching)]


def _feed_watching(
    request: Request,
    watch_id: WatchIdPath,
    token: Annotated[str | None, Query(max_length=200, description="In the address of the feed.")] = None,
) -> WatchService:
    """As the sender's key sees it, or as the key of the saved search does where the address holds its token."""
    state = request.app.state
    if token is None:
        return WatchService(scoped_archive(request, state), request.state.key_id)
    assert isinstance(state.gate, Gate)  # noqa: S101 - set by the lifespan
    archive = archive_of(state)
    clearance = state.gate.admit_feed(request, key_of_feed(archive.catalog, watch_id, token))
    return WatchService(archive.as_reader(clearance), request.state.key_id)


@router.post("", status_code=HTTPStatus.CREATED, response_model=WatchBody, responses=_REFUSED)
def add(body: WatchRequest, watching: Watching) -> dict[str, Any]:
    """Save a search. What the archive holds by now is not new to it."""
    return watching.add(body.query, body.filters.filters(), body.name)


@router.get("", response_model=WatchesBody, responses=_REFUSED)
def watches(watching: Watching) -> dict[str, Any]:
    """The saved searches of this key, each with the number of its new hits."""
    return watching.all()


@router.get("/{watch_id}", response_model=NewHitsBody, responses=_MISSING)
def watch(
    watch_id: WatchIdPath,
    watching: Watching,
    audited: Audited,
    cursor: Annotated[str | None, Query(max_length=200, description="`next` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> dict[str, Any]:
    """What came since it was last seen, as a page of `GET /scan`. `mark` is for `POST /watches/{watch_id}/seen`."""
    found = watching.new(watch_id, limit, cursor)
    audited.shown(hit.key for hit in found.page.hits)
    return found.json()


@router.post("/{watch_id}/seen", response_model=WatchBody, responses=_MISSING)
def seen(watch_id: WatchIdPath, watching: Watching, body: SeenRequest | None = None) -> dict[str, Any]:
    """Note what was seen: all up to the `mark` of a page, so that nothing is lost that came meanwhile."""
    return watching.see(watch_id, body.mark if body else None)


@router.delete("/{watch_id}", status_code=HTTPStatus.NO_CONTENT, responses=_MISSING)
def remove(watch_id: WatchIdPath, watching: Watching) -> Response:
    """Remove a saved search, and with it the address of its feed."""
    watching.remove(watch_id)
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.post("/{watch_id}/feed", status_code=HTTPStatus.CREATED, response_model=FeedBody, responses=_MISSING)
def open_feed(watch_id: WatchIdPath, watching: Watching, request: Request) -> dict[str, str]:
    """Make an address of the feed that needs no key; the one before does not open it any more.

    Whoever has the address sees what the key may see, until the saved search is removed or the key revoked.
    """
    return {"url": feed_url(_address(request), watch_id, watching.open_feed(watch_id))}


@router.get("/{watch_id}/feed", response_class=Response, responses=_AS_ATOM | _MISSING)
def feed(
    watch_id: WatchIdPath, watching: Annotated[WatchService, Depends(_feed_watching)], request: Request
) -> Response:
    """What came in the last 30 days as an Atom feed, last first, seen or not; 200 paragraphs at most.

    With the key, or by an address of `POST /watches/{watch_id}/feed`.
    """
    of_watch, hits = watching.feed(watch_id)
    audited_reader(request, request.app.state).shown(new.hit.key for new in hits)
    return Response(atom_feed(of_watch, hits, _holding(request).archive, _address(request)), media_type=ATOM)


def _address(request: Request) -> str:
    return _holding(request).public_url or str(request.base_url)


def _holding(request: Request) -> Holding:
    assert isinstance(request.app.state.holding, Holding)  # noqa: S101 - set by create_app
    return request.app.state.holding
