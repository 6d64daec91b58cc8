"""The bot's client of the HTTP service."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import quote

import httpx
from httpx_sse import EventSource

from api.auth.narrowing import ALSO, NARROWED, WITHIN
from api.client import KeyRefused, ServiceDown, refusal
from api.slack.access import UNCLASSIFIED, Credentials

_TIMEOUT = httpx.Timeout(180.0, connect=5.0)
_PAUSES = (0.5, 1.0, 2.0)  # seconds before each further attempt
_MAX_PAUSE = 30.0

Event = tuple[str, dict[str, Any]]
"""Name and data: `status`, `sentence` or `answer`."""


@dataclass(frozen=True, slots=True)
class SlackServiceClient:
    """Talks to the service at `url`. Every call has the credentials of a reader and a request id.

    `owner_key` is the key of a store on this machine. A bot without a key uses it, narrowed to UNCLASSIFIED.
    """

    url: Callable[[], str]
    http: httpx.AsyncClient
    owner_key: Callable[[], str | None] = lambda: None

    @classmethod
    @asynccontextmanager
    async def at(cls, url: Callable[[], str], owner_key: Callable[[], str | None]) -> AsyncIterator[Self]:
        """A client, closed at the end of the block."""
        async with httpx.AsyncClient(timeout=_TIMEOUT, trust_env=False) as http:
            yield cls(url, http, owner_key)

    async def ask(self, messages: list[dict[str, str]], credentials: Credentials, request: str) -> AsyncIterator[Event]:
        """The events of one answer as they come; the last is `answer` with the `ask` object.

        Raises:
            ServiceDown: the service does not answer, also after several attempts.
            KeyRefused: it refuses the key.
            BadInput: it refuses the question, with its reason.
        """
        headers = {"Accept": "text/event-stream, application/json;q=0.5"}
        body = {"messages": messages, "stream": True}
        async with self._send("POST", "/chat", credentials, request, headers, body) as response:
            if not response.headers.get("content-type", "").startswith("text/event-stream"):
                yield "answer", _object(await response.aread())
                return
            async for name, data in _events(response):
                if name == "error":
                    raise refusal(int(data.get("status", 500)), data)
                yield name, data
                if name == "answer":
                    return
        raise ServiceDown("the answer broke off")

    async def cable(self, cable_id: str, credentials: Credentials, request: str) -> dict[str, Any]:
        """A whole cable, as `GET /cables/{id}` gives it to this reader.

        Raises:
            NotFound: there is none for this reader.
            ServiceDown, KeyRefused: as `ask`.
        """
        async with self._send("GET", f"/cables/{quote(cable_id, safe='')}", credentials, request) as response:
            return _object(await response.aread())

    async def watches(self, credentials: Credentials, request: str) -> list[dict[str, Any]]:
        """The saved searches of this reader's key, as `GET /watches` gives them; raises as `ask`."""
        async with self._send("GET", "/watches", credentials, request) as response:
            found: list[dict[str, Any]] = _object(await response.aread()).get("watches", [])
            return found

    async def new_hits(self, watch_id: str, most: int, credentials: Credentials, request: str) -> dict[str, Any]:
        """The first of what is new to a saved search; raises as `cable`."""
        path = f"/watches/{quote(watch_id, safe='')}?limit={most}"
        async with self._send("GET", path, credentials, request) as response:
            return _object(await response.aread())

    async def add_watch(self, query: str, credentials: Credentials, request: str) -> dict[str, Any]:
        """Save a search; raises as `ask`."""
        async with self._send("POST", "/watches", credentials, request, json_body={"query": query}) as response:
            return _object(await response.aread())

    async def feedback(self, body: dict[str, Any], credentials: Credentials, request: str) -> None:
        """Send a verdict on an answer.

        Raises:
            ServiceDown, KeyRefused, BadInput: as `ask`.
        """
        async with self._send("POST", "/feedback", credentials, request, json_body=body) as response:
            await response.aread()

    @asynccontextmanager
    async def _send(
        self,
        method: str,
        path: str,
        credentials: Credentials,
        request: str,
        headers: dict[str, str] | None = None,
        json_body: dict[str, Any] | None = None,
    ) -> AsyncIterator[httpx.Response]:
        common = {"X-Request-ID": request, **(headers or {})}
        response = await self._send_with_retries(method, path, {**_headers(credentials), **common}, json_body)
        if response.status_code == 401 and credentials.key is None and (owner_key := self.owner_key()):
            await response.aclose()
            credentials = Credentials(owner_key, UNCLASSIFIED, credentials.also)
            response = await self._send_with_retries(method, path, {**_headers(credentials), **common}, json_body)
        try:
            if response.is_error:
                raise refusal(response.status_code, _object(await response.aread()))
            if (credentials.within or credentials.also) and NARROWED not in response.headers:
                raise KeyRefused("the service does not narrow answers for this channel; it is older than this bot")
            yield response
        except (httpx.HTTPError, ValueError) as error:
            raise ServiceDown(f"the service broke off ({type(error).__name__})") from error
        finally:
            await response.aclose()

    async def _send_with_retries(
        self, method: str, path: str, headers: dict[str, str], json_body: dict[str, Any] | None
    ) -> httpx.Response:
        for pause in (*_PAUSES, None):
            try:
                request = self.http.build_request(method, f"{self.url()}{path}", headers=headers, json=json_body)
                response = await self.http.send(request, stream=True)
            except httpx.HTTPError as error:
                if pause is None or not isinstance(error, httpx.ConnectError):
                    raise ServiceDown(f"the service does not answer ({type(error).__name__})") from error
                await asyncio.sleep(pause)
                continue
            if pause is None or response.status_code not in {429, 503}:
                return response
            await response.aclose()
            await asyncio.sleep(min(_seconds(response.headers.get("retry-after")) or pause, _MAX_PAUSE))
        raise AssertionError("the last attempt returns or raises")


def _headers(credentials: Credentials) -> dict[str, str]:
    bearer = credentials.key and f"Bearer {credentials.key}"
    headers = {"Authorization": bearer, WITHIN: credentials.within, ALSO: credentials.also}
    return {name: value for name, value in headers.items() if value}


async def _events(response: httpx.Response) -> AsyncIterator[Event]:
    async for event in EventSource(response).aiter_sse():
        if event.data:
            yield event.event, _object(event.data)


def _object(text: str | bytes) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError as error:
        raise ServiceDown("the service answered with something other than JSON") from error
    return value if isinstance(value, dict) else {}


def _seconds(text: str | None) -> float:
    try:
        return max(float(text or 0), 0.0)
    except ValueError:
        return 0.0
