"""Events of an answer as server-sent events (WHATWG HTML, section 9.2)."""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event

from api.http.problems import of_error
from rag.events import NAMES, Event

KEEPALIVE_SECONDS = 15.0
SSE_SCHEMA = {
    "type": "object",
    "properties": {"event": {"type": "string"}, "data": {"type": "string"}},
    "required": ["data"],
}
"""JSON schema of one event of a stream."""
_log = logging.getLogger(__name__)


async def server_sent(
    events: AsyncGenerator[Event, None], keepalive: float = KEEPALIVE_SECONDS
) -> AsyncGenerator[bytes, None]:
    """Each event as it comes and a comment when none came for `keepalive` seconds; an `error` event ends a failure.

    Closing this iterator closes `events`.
    """
    async with aclosing(_stepped(events, keepalive)) as steps:
        try:
            async for event in steps:
                yield KEEPALIVE_COMMENT if event is None else _written(NAMES[type(event)], event.json())
        except Exception as error:  # noqa: BLE001 - the status line is sent: all that is left is to tell the reader
            _log.exception("an answer failed while it was streamed", exc_info=error)
            yield _written("error", of_error(error))


async def _stepped(events: AsyncGenerator[Event, None], keepalive: float) -> AsyncGenerator[Event | None, None]:
    coming: asyncio.Future[Event] | None = None
    try:
        while True:
            coming = coming or asyncio.ensure_future(anext(events))
            done, _ = await asyncio.wait({coming}, timeout=keepalive)
            if not done:
                yield None
                continue
            try:
                event = coming.result()
            except StopAsyncIteration:
                return
            coming = None
            yield event
    finally:
        if coming is not None:
            coming.cancel()
            await asyncio.gather(coming, return_exceptions=True)
        await events.aclose()


def _written(name: str, data: dict[str, Any]) -> bytes:
    return format_sse_event(event=name, data_str=json.dumps(data, ensure_ascii=False))
