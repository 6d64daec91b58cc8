"""Telling the sender of a narrowed request that the answer kept to its bounds."""

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.narrowing import NARROWED, STATE


class Bounds:
    """Sets the header where the gate narrowed the sender's clearance."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        state = scope.setdefault("state", {})

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start" and state.get(STATE):
                MutableHeaders(scope=message)[NARROWED] = "yes"
            await send(message)

        await self._app(scope, receive, told)
