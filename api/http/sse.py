"""Events of an answer as server-sent events (WHATWG HTML, section 9.2)."""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any, TypeVar

from fastapi.sse import KEEPALIVE_COMMENT, format_sse_event

from api.problems import error_details
from rag.domain.events import NAMES, Event

KEEPALIVE_SECONDS = 15.0
SSE_SCHEMA = {
    "type": "object",
    "properties": {"event": {"type": "string"}, "data": {"type": "string"}},
    "required": ["data"],
}
"""JSON schema of one event of a stream."""
_log = logging.getLogger(__name__)
_E = TypeVar("_E")


async def server_sent(
    events: AsyncGenerator[Event, None], keepalive: float = KEEPALIVE_SECONDS
) -> AsyncGenerator[bytes, None]:
    """Each event as it comes, a comment after `keepalive` seconds without one, an `error` event where the answer fails.

    Closing this iterator closes `events`.
    """
    async with aclosing(with_silences(events, keepalive)) as steps:
        try:
            async for event in steps:
                yield KEEPALIVE_COMMENT if event is None else _encoded(NAMES[type(event)], event.json())
        except Exception as error:  # noqa: BLE001 - the status line is sent: the failure becomes the last event
            _log.exception("an answer failed while it was streamed", exc_info=error)
            yield _encoded("error", error_details(error))


async def with_silences(
    events: AsyncGenerator[_E, None], keepalive: float = KEEPALIVE_SECONDS
) -> AsyncGenerator[_E | None, None]:
    """Each event as it comes, None after `keepalive` seconds without one. Closing this iterator closes `events`."""
    pending: asyncio.Future[_E] | None = None
    try:
        while True:
            pending = pending or asyncio.ensure_future(anext(events))
            done, _ = await asyncio.wait({pending}, timeout=keepalive)
            if not done:
                yield None
                continue
            try:
                event = pending.result()
            except StopAsyncIteration:
                return
            pending = None
            yield event
    finally:
        if pending is not None:
            pending.cancel()
            await asyncio.gather(pending, return_exceptions=True)
        await events.aclose()


def _encoded(name: str, data: dict[str, Any]) -> bytes:
    return format_sse_event(event=name, data_str=json.dumps(data, ensure_ascii=False))
