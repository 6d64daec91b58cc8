"""Reading server-sent events."""

import json
from typing import Any

import httpx
from httpx_sse import EventSource


def events_of(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Name and data of each event in the body of a response; comments are left out."""
    response = httpx.Response(200, headers={"content-type": "text/event-stream"}, content=text)
    return [(event.event, json.loads(event.data)) for event in EventSource(response).iter_sse()]
