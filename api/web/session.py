"""Sessions of the web page: the key is in a cookie that scripts cannot read."""

from asyncio import to_thread
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from api.auth.gate import COOKIE, Gate
from api.web.page_route import PageRoute, key_page
from api.web.templates import root_of
from rag.errors import Unauthorized

router = APIRouter(route_class=PageRoute, include_in_schema=False)


@router.post("/session")
async def open_session(
    request: Request, key: Annotated[str, Form(max_length=256)] = "", back: Annotated[str, Form()] = "/"
) -> Response:
    """Open a session for the holder of a valid key, and lead back to the page they asked for."""
    gate = request.app.state.gate
    assert isinstance(gate, Gate)  # noqa: S101 - set by the lifespan
    key = key.strip()
    try:
        await to_thread(gate.admit_key, key)
    except Unauthorized as error:
        return key_page(request, str(error) if key else "Enter the key first.", back)
    response = RedirectResponse(f"{root_of(request)}{_own(back)}", 303)
    secure = request.url.scheme == "https" or request.headers.get("x-forwarded-proto") == "https"
    response.set_cookie(COOKIE, key, httponly=True, samesite="lax", secure=secure, path=root_of(request) or "/")
    return response


@router.post("/session/end")
async def close_session(request: Request) -> Response:
    """Close the session; what the page kept in the browser goes with it."""
    response = RedirectResponse(f"{root_of(request)}/", 303, {"clear-site-data": '"storage"'})
    response.delete_cookie(COOKIE, path=root_of(request) or "/", httponly=True, samesite="lax")
    return response


def _own(path: str) -> str:
    """A path of this service: an address that names a host would lead away."""
    return path if path.startswith("/") and path[1:2] not in ("/", "\\") and path.isprintable() else "/"
