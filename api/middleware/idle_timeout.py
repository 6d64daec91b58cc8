"""A limit on how long a request may go without anything being sent back."""

import asyncio
from http import HTTPStatus

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.middleware.exempt_paths import is_limited
from api.middleware.path_prefix import path_within
from api.problems import problem


class IdleTimeout:
    """Answers 504 when nothing was sent for `seconds`; a stream without data for so long is cut off.

    The request's own task is cancelled but not waited for: a thread it waits on cannot be interrupted.
    """

    def __init__(self, app: ASGIApp, seconds: float, exempt: frozenset[str] = frozenset()) -> None:
        """`exempt` are paths whose answer may take as long as it does."""
        self._app = app
        self._exempt = exempt
        self._seconds = seconds
        self._cancelled: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if not is_limited(scope) or path_within(scope) in self._exempt:
            await self._app(scope, receive, send)
            return
        response = _CountedSend(send)
        task = asyncio.ensure_future(self._serve(scope, receive, response))
        try:
            while not task.done():
                sent = response.count
                await asyncio.wait({task}, timeout=self._seconds)
                if not task.done() and response.count == sent:
                    break
        finally:
            if not task.done():
                response.closed = True
                self._cancelled.add(task)
                task.add_done_callback(self._discard)
                task.cancel()
        if task.done():
            task.result()
        elif response.count:
            raise TimeoutError(f"nothing to send for {self._seconds:g} seconds")
        else:
            detail = f"no answer within {self._seconds:g} seconds; ask again, or narrow the question"
            await problem(HTTPStatus.GATEWAY_TIMEOUT, detail)(scope, receive, send)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)

    def _discard(self, task: asyncio.Task[None]) -> None:
        self._cancelled.discard(task)
        if not task.cancelled():
            task.exception()  # retrieved, or asyncio logs it


class _CountedSend:
    """Counts the messages sent; sends none once it is closed."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.count = 0
        self.closed = False

    async def __call__(self, message: Message) -> None:
        if not self.closed:
            self.count += 1
            await self._send(message)
