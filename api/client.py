"""A client of the service over HTTP: for the command line, MCP and Slack."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self, TypeVar
from urllib.parse import quote

import httpx
from pydantic import SecretStr

from rag.domain.filters import Filters
from rag.domain.outgoing import Outgoing
from rag.domain.withdrawal import WithdrawalOrder
from rag.errors import BadInput, CablesError, NotFound, Withdrawn
from rag.settings import EnvironmentSettings

TIMEOUT_SECONDS = 180.0
T = TypeVar("T")


class ClientSettings(EnvironmentSettings):
    """Settings of the clients of the service."""

    url: str | None = None
    """Address of the service, for its clients: the Slack bot and `cables mcp`."""

    key: SecretStr | None = None
    """The key that such a client sends."""

    public_url: str | None = None
    """Address at which readers reach the service, for links to its web page and in citations."""


class ServiceDown(CablesError):
    """The service cannot be reached or fails."""

    retryable = True


class KeyRefused(CablesError):
    """The service does not accept the client's key."""


@dataclass(frozen=True, slots=True)
class ServiceClient:
    """Calls the service over `http`, which holds its address and the headers of the caller.

    Every method returns the JSON of a route. It raises ServiceDown where the service cannot be reached or fails, and
    KeyRefused, NotFound or BadInput with the service's own words where it refuses.
    """

    http: httpx.AsyncClient

    @classmethod
    @asynccontextmanager
    async def at(cls, url: str, key: str | None) -> AsyncIterator[Self]:
        """A client of the service at `url`, closed at the end of the block."""
        async with http_client(url, key) as http:
            yield cls(http)

    async def ask(self, question: str, filters: Filters, keep: bool = False) -> dict[str, Any]:
        """The `ask` object of `POST /chat`."""
        body: dict[str, Any] = {"messages": [{"role": "user", "content": question}], "filters": _fields(filters)}
        body |= {"keep": True} if keep else {}
        answer: dict[str, Any] = await self._request("POST", "/chat", json=body)
        return answer

    async def again(self, answer_id: str) -> dict[str, Any]:
        """The object of `POST /answers/{id}/again`."""
        done: dict[str, Any] = await self._request("POST", f"/answers/{quote(answer_id, safe='')}/again")
        return done

    async def search(self, query: str, k: int, filters: Filters) -> list[dict[str, Any]]:
        """The results of `GET /search`."""
        params = {"query": query, "k": k, **_fields(filters)}
        results: list[dict[str, Any]] = await self._request("GET", "/search", params=params)
        return results

    async def scan(self, query: str, limit: int, filters: Filters, cursor: str | None = None) -> dict[str, Any]:
        """A page of `GET /scan`."""
        params = {"query": query, "limit": limit, **_fields(filters)} | ({"cursor": cursor} if cursor else {})
        page: dict[str, Any] = await self._request("GET", "/scan", params=params)
        return page

    async def timeline(self, query: str, filters: Filters) -> list[dict[str, Any]]:
        """The months of `GET /timeline`."""
        months: list[dict[str, Any]] = await self._request(
            "GET", "/timeline", params={"query": query, **_fields(filters)}
        )
        return months

    async def cables(
        self, limit: int, cursor: str | None = None, **conditions: str | int | date | None
    ) -> dict[str, Any]:
        """A page of `GET /cables`, with the conditions that are not None; with a limit of 0 only its counts."""
        given = {name: str(value) for name, value in {"cursor": cursor, **conditions}.items() if value is not None}
        page: dict[str, Any] = await self._request("GET", "/cables", params={"limit": limit, **given})
        return page

    async def check(self, text: str) -> dict[str, Any]:
        """The object of `POST /check`."""
        body: dict[str, Any] = await self._request("POST", "/check", json={"text": text})
        return body

    async def get(self, *path: str, **params: str) -> dict[str, Any]:
        """The object of another route, its path given by segments."""
        route = "".join(f"/{quote(segment, safe='~')}" for segment in path)
        body: dict[str, Any] = await self._request("GET", route, params=params)
        return body

    async def outgoing(self) -> Outgoing | None:
        """What `index` would have the service send to another machine in the end; None if nothing."""
        body = await self._request("GET", "/owner/index")
        return Outgoing(**body) if body else None

    async def index(self) -> int:
        """Have the service index some of the cables that are not indexed yet; returns how many are left."""
        return int((await self._request("POST", "/owner/index"))["waiting"])

    async def withdraw(self, order: WithdrawalOrder) -> dict[str, Any]:
        """Have the service take something out for good; waits until it is gone from every file of the store."""
        done: dict[str, Any] = await self._request("POST", "/owner/withdrawals", json=asdict(order), timeout=None)
        return done

    async def _request(self, method: str, path: str, **options: Any) -> Any:
        try:
            response = await self.http.request(method, path, **options)
            body = response.json()
        except (httpx.HTTPError, ValueError) as error:
            url = str(self.http.base_url).rstrip("/")
            raise ServiceDown(f"the service at {url} does not answer ({error}); is `cables serve` running?") from error
        if response.is_error:
            raise refusal(response.status_code, body)
        return body


def http_client(url: str, key: str | None) -> httpx.AsyncClient:
    """An HTTP client of the service at `url` that sends this key."""
    headers = {"authorization": f"Bearer {key}"} if key else {}
    return httpx.AsyncClient(base_url=url, headers=headers, timeout=TIMEOUT_SECONDS)


def call_service(url: str, key: str | None, call: Callable[[ServiceClient], Awaitable[T]]) -> T:
    """One call to the service at `url`, from synchronous code."""

    async def run() -> T:
        async with ServiceClient.at(url, key) as client:
            return await call(client)

    return asyncio.run(run())


def refusal(status: int, body: Any) -> CablesError:
    """The error that a response with this status and this JSON body stands for."""
    problem = body if isinstance(body, dict) else {}
    detail = str(problem.get("detail") or problem.get("title") or status)
    if status in {401, 403}:
        return KeyRefused(detail)
    if status == 404:
        return NotFound(detail)
    if status == 410:
        return Withdrawn(detail)
    if 400 <= status < 500 and status not in {408, 429}:
        return BadInput(detail)
    return ServiceDown(detail)


def _fields(filters: Filters) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "post": sorted(filters.posts),
        "tag": sorted(filters.tags),
        "classification": sorted(filters.classifications),
    }
    if filters.date_from:
        fields["date_from"] = filters.date_from.isoformat()
    if filters.date_to:
        fields["date_to"] = filters.date_to.isoformat()
    return fields
