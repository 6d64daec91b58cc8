"""A limit on how long a request may go without anything being sent back."""

import asyncio
from http import HTTPStatus

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.edge.paths import is_work
from api.http.problems import problem


class Patience:
    """Answers 504 when nothing was sent for `seconds`; a stream that falls silent is cut.

    The request's own task is cancelled but not waited for: a thread it waits on cannot be interrupted.
    """

    def __init__(self, app: ASGIApp, seconds: float) -> None:
        self._app = app
        self._seconds = seconds
        self._given_up: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if not is_work(scope):
            await self._app(scope, receive, send)
            return
        progress = _Progress(send)
        task = asyncio.ensure_future(self._served(scope, receive, progress))
        try:
            while not task.done():
                sent = progress.count
                await asyncio.wait({task}, timeout=self._seconds)
                if not task.done() and progress.count == sent:
                    break
        finally:
            if not task.done():
                progress.over = True
                self._given_up.add(task)
                task.add_done_callback(self._forget)
                task.cancel()
        if task.done():
            task.result()
        elif progress.count:
            raise TimeoutError(f"nothing to send for {self._seconds:g} seconds")
        else:
            detail = f"no answer within {self._seconds:g} seconds; ask again, or narrow the question"
            await problem(HTTPStatus.GATEWAY_TIMEOUT, detail)(scope, receive, send)

    async def _served(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)

    def _forget(self, task: asyncio.Task[None]) -> None:
        self._given_up.discard(task)
        if not task.cancelled():
            task.exception()  # seen: it concerns nobody any more


class _Progress:
    """Counts what is sent, and sends nothing once the request was given up."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.count = 0
        self.over = False

    async def __call__(self, message: Message) -> None:
        if not self.over:
            self.count += 1
            await self._send(message)
