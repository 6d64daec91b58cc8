"""Routes of the pages: their errors are pages, and their forms are accepted from the service's own pages only."""

from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from fastapi.routing import APIRoute

from api.auth.gate import COOKIE
from api.problems import problem, status_of
from api.web.templates import page, root_of
from rag.errors import BadInput, CablesError, Unauthorized

_OWN = ("same-origin", "none")


class PageRoute(APIRoute):
    """A route that answers every error of the product with a page; without a key, with the form for one."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler of the route, its errors caught."""
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                if request.method != "GET":
                    refuse_foreign(request)
                return await handle(request)
            except Unauthorized as error:
                return key_page(request, str(error) if COOKIE in request.cookies else "")
            except CablesError as error:
                if "hx-request" in request.headers:  # the script announces it
                    return problem(status_of(error), str(error))
                return page(request, "notice.html", status_of(error), title=_title(status_of(error)), reason=str(error))

        return handled


def _title(status: HTTPStatus) -> str:
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        return "This is not in the archive"
    return "This cannot be read" if status < HTTPStatus.INTERNAL_SERVER_ERROR else "This cannot be shown now"


def refuse_foreign(request: Request) -> None:
    """Accept what a page of this service sends, and programs that are no browsers.

    Raises:
        BadInput: the browser names another origin.
    """
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    if site is not None:  # what the browser itself says; it does so over TLS and on this machine
        own = site in _OWN
    else:
        own = origin is None or urlsplit(origin).netloc == request.headers.get("host", "")
    if not own:
        raise BadInput("this form came from another site; send it from the service's own page")


def key_page(request: Request, refused: str, back: str | None = None) -> HTMLResponse:
    """The form for a key, which leads back to what was asked for; `refused` says why the last key was not accepted."""
    if back is None:
        path = request.url.path.removeprefix(root_of(request)) if request.method == "GET" else "/"
        back = f"{path}?{request.url.query}" if request.url.query else path
    return page(request, "key.html", HTTPStatus.UNAUTHORIZED, refused=refused, back=back)
