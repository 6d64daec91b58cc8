"""The bot's client of the HTTP service."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import quote

import httpx

from api.narrowing import ALSO, NARROWED, WITHIN
from api.slack.reader import UNCLASSIFIED, Reader
from rag.errors import BadInput, CablesError, NotFound

_TIMEOUT = httpx.Timeout(180.0, connect=5.0)
_PAUSES = (0.5, 1.0, 2.0)  # seconds before each further attempt
_LONGEST_PAUSE = 30.0

Event = tuple[str, dict[str, Any]]
"""Name and data: `status`, `sentence` or `answer`."""


class ServiceDown(CablesError):
    """The service cannot be reached or fails."""

    retryable = True


class KeyRefused(CablesError):
    """The service does not accept the bot's key."""


@dataclass(frozen=True, slots=True)
class Service:
    """Talks to the service that `url` names when asked; every call is made for a reader, under a request id.

    `owner_key` is that of the store, where the bot runs beside it: a bot without any key shows what is UNCLASSIFIED.
    """

    url: Callable[[], str]
    http: httpx.AsyncClient
    owner_key: Callable[[], str | None] = lambda: None

    @classmethod
    @asynccontextmanager
    async def at(cls, url: Callable[[], str], owner_key: Callable[[], str | None]) -> AsyncIterator[Self]:
        """A client, closed at the end."""
        async with httpx.AsyncClient(timeout=_TIMEOUT, trust_env=False) as http:
            yield cls(url, http, owner_key)

    async def ask(self, messages: list[dict[str, str]], reader: Reader, request: str) -> AsyncIterator[Event]:
        """The events of one answer as they come; the last is `answer` with the `ask` object.

        Raises:
            ServiceDown: the service does not answer, also after some patience.
            KeyRefused: it does not know the key.
            BadInput: it cannot use the question, and says why.
        """
        headers = {"Accept": "text/event-stream, application/json;q=0.5"}
        async with self._sent(
            "POST", "/chat", reader, request, headers, {"messages": messages, "stream": True}
        ) as response:
            if not response.headers.get("content-type", "").startswith("text/event-stream"):
                yield "answer", _object(await response.aread())
                return
            async for name, data in _events(response):
                if name == "error":
                    raise _problem(int(data.get("status", 500)), data)
                yield name, data
                if name == "answer":
                    return
        raise ServiceDown("the answer broke off")

    async def cable(self, cable_id: str, reader: Reader, request: str) -> dict[str, Any]:
        """A whole cable, as `GET /cables/{id}` gives it to this reader.

        Raises:
            NotFound: there is none for this reader.
            ServiceDown, KeyRefused: as `ask`.
        """
        async with self._sent("GET", f"/cables/{quote(cable_id, safe='')}", reader, request) as response:
            return _object(await response.aread())

    async def feedback(self, body: dict[str, Any], reader: Reader, request: str) -> None:
        """Hand a verdict on an answer in.

        Raises:
            ServiceDown, KeyRefused, BadInput: as `ask`.
        """
        async with self._sent("POST", "/feedback", reader, request, json_body=body) as response:
            await response.aread()

    @asynccontextmanager
    async def _sent(
        self,
        method: str,
        path: str,
        reader: Reader,
        request: str,
        headers: dict[str, str] | None = None,
        json_body: dict[str, Any] | None = None,
    ) -> AsyncIterator[httpx.Response]:
        more = {"X-Request-ID": request, **(headers or {})}
        response = await self._patiently(method, path, {**_headers(reader), **more}, json_body)
        if response.status_code == 401 and reader.key is None and (owner_key := self.owner_key()):
            await response.aclose()
            reader = Reader(owner_key, UNCLASSIFIED, reader.also)
            response = await self._patiently(method, path, {**_headers(reader), **more}, json_body)
        try:
            if response.is_error:
                raise _problem(response.status_code, _object(await response.aread()))
            if (reader.within or reader.also) and NARROWED not in response.headers:
                raise KeyRefused("the service does not narrow answers for this channel; it is older than this bot")
            yield response
        except (httpx.HTTPError, ValueError) as error:
            raise ServiceDown(f"the service broke off ({type(error).__name__})") from error
        finally:
            await response.aclose()

    async def _patiently(
        self, method: str, path: str, headers: dict[str, str], json_body: dict[str, Any] | None
    ) -> httpx.Response:
        for pause in (*_PAUSES, None):
            try:
                sent = self.http.build_request(method, f"{self.url()}{path}", headers=headers, json=json_body)
                response = await self.http.send(sent, stream=True)
            except httpx.HTTPError as error:
                if pause is None or not isinstance(error, httpx.ConnectError):
                    raise ServiceDown(f"the service does not answer ({type(error).__name__})") from error
                await asyncio.sleep(pause)
                continue
            if pause is None or response.status_code not in {429, 503}:
                return response
            await response.aclose()
            await asyncio.sleep(min(_seconds(response.headers.get("retry-after")) or pause, _LONGEST_PAUSE))
        raise AssertionError("the last attempt returns or raises")


def _headers(reader: Reader) -> dict[str, str]:
    told = {"Authorization": reader.key and f"Bearer {reader.key}", WITHIN: reader.within, ALSO: reader.also}
    return {name: value for name, value in told.items() if value}


async def _events(response: httpx.Response) -> AsyncIterator[Event]:
    """Server-sent events, as https://html.spec.whatwg.org/multipage/server-sent-events.html has them."""
    name, data = "message", list[str]()
    async for line in response.aiter_lines():
        field, _, value = line.partition(":")
        if not line:
            if data:
                yield name, _object("\n".join(data))
            name, data = "message", []
        elif field == "event":
            name = value.removeprefix(" ")
        elif field == "data":
            data.append(value.removeprefix(" "))


def _object(text: str | bytes) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError as error:
        raise ServiceDown("the service answered with something other than JSON") from error
    return value if isinstance(value, dict) else {}


def _problem(status: int, body: dict[str, Any]) -> CablesError:
    detail = str(body.get("detail") or body.get("title") or status)
    if status in {401, 403}:
        return KeyRefused(detail)
    if status == 404:
        return NotFound(detail)
    if 400 <= status < 500 and status not in {408, 429}:
        return BadInput(detail)
    return ServiceDown(detail)


def _seconds(text: str | None) -> float:
    try:
        return max(float(text or 0), 0.0)
    except ValueError:
        return 0.0
