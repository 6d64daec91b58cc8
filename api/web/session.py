"""Sessions of the web page: the key is in a cookie that scripts cannot read."""

from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from api.auth.gate import COOKIE, Gate
from api.web.markup import node

router = APIRouter()


class SessionRequest(BaseModel):
    """A key, as the page's form sends it. As it is JSON, no other site can make a browser send it."""

    key: Annotated[str, Field(max_length=256)]


@router.post("/session", status_code=204, include_in_schema=False)
def open_session(body: SessionRequest, request: Request) -> Response:
    """Open a session for the holder of a valid key."""
    gate = request.app.state.gate
    assert isinstance(gate, Gate)  # noqa: S101 - set by the lifespan
    key = body.key.strip()
    gate.admit_key(key)
    response = Response(status_code=204)
    secure = request.url.scheme == "https" or request.headers.get("x-forwarded-proto") == "https"
    response.set_cookie(COOKIE, key, httponly=True, samesite="lax", secure=secure, path="/")
    return response


@router.delete("/session", status_code=204, include_in_schema=False)
def close_session() -> Response:
    """Close the session."""
    response = Response(status_code=204)
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
    return response


def draw_key_entry(error: str) -> None:
    """The form for a key, in the current slot; `error` says why the last key was refused."""
    with node("div", classes="gate"):
        node("h1", "This archive asks for a key")
        node("p", "Whoever runs the service gives out keys. Yours decides what you may read.", "date")
        with node("form") as form:
            node("label", "Key", for_="key")
            with node("div", classes="row"):
                node("input", type="password", id="key", name="key", required=True, autocomplete="current-password",
                     autofocus=True, aria_describedby="refused", maxlength="256")  # fmt: skip
                node("button", "Enter", "primary", type="submit")
            node("p", error, "refused", id="refused", role="status")
        form.on("submit", js_handler="(e) => { e.preventDefault(); cables.enter(e.target); }")
