"""Requests that ask to see less than their sender may: for programs that show answers to others, such as a bot."""

from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from rag.domain.access import Clearance
from rag.domain.marking import read_marking
from rag.errors import BadInput

WITHIN, ALSO = "X-Cables-Within", "X-Cables-Also"
"""Headers that narrow a request: to a marking, such as `SECRET//NOFORN`; to another key's clearance."""

NARROWED = "X-Cables-Narrowed"
"""Header of a response that kept to these bounds, as proof for the sender."""

_STATE = "narrowed"


def narrowed(clearance: Clearance, connection: HTTPConnection, clearance_of: Callable[[str], Clearance]) -> Clearance:
    """The part of a sender's clearance that is left by the headers of the request.

    Raises:
        BadInput: the marking cannot be read.
        Unauthorized: `clearance_of` does not know the other key.
    """
    within, also = connection.headers.get(WITHIN), connection.headers.get(ALSO)
    if within is not None:
        clearance = clearance.within(_clearance(within))
    if also is not None:
        clearance = clearance.within(clearance_of(also))
    if within is not None or also is not None:
        setattr(connection.state, _STATE, True)
    return clearance


def _clearance(text: str) -> Clearance:
    marking = read_marking(text)
    if marking is None:
        raise BadInput(f"{WITHIN} is not a marking: {text[:40]!r}; write it like UNCLASSIFIED or SECRET//NOFORN")
    caveats = set(marking.caveats)
    return Clearance(marking.level, noforn="NF" in caveats, nodis="NODIS" in caveats, exdis="EXDIS" in caveats)


class NarrowedReply:
    """ASGI middleware: sets the response header where the request was narrowed."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        state = scope.setdefault("state", {})

        async def send_with_header(message: Message) -> None:
            if message["type"] == "http.response.start" and state.get(_STATE):
                MutableHeaders(scope=message)[NARROWED] = "yes"
            await send(message)

        await self._app(scope, receive, send_with_header)
