"""A client of the running service, for commands on a store that a service owns."""

from dataclasses import dataclass
from typing import Any

import httpx

from rag.errors import BadInput, CablesError
from rag.filters import Filters

_TIMEOUT_SECONDS = 180.0


@dataclass(frozen=True, slots=True)
class ServiceClient:
    """Talks to a service at `url`, with a key where it wants one."""

    url: str
    key: str | None = None

    def ask(self, question: str, filters: Filters) -> dict[str, Any]:
        """The `ask` object of `POST /chat`.

        Raises:
            CablesError: the service refused, with its own words, or cannot be reached.
        """
        body = {"messages": [{"role": "user", "content": question}], "filters": _fields(filters)}
        answer = self._request("POST", "/chat", json=body)
        assert isinstance(answer, dict)  # noqa: S101 - the service's contract
        return answer

    def search(self, query: str, k: int, filters: Filters) -> list[dict[str, Any]]:
        """The results of `GET /search`.

        Raises:
            CablesError: as `ask`.
        """
        found = self._request("GET", "/search", params={"query": query, "k": k, **_fields(filters)})
        assert isinstance(found, list)  # noqa: S101 - the service's contract
        return found

    def index(self) -> int:
        """Have the service index some of the cables that wait for it; returns how many wait still.

        Raises:
            CablesError: as `ask`.
        """
        return int(self._request("POST", "/owner/index")["waiting"])

    def _request(self, method: str, path: str, **options: Any) -> Any:
        try:
            headers = {"authorization": f"Bearer {self.key}"} if self.key else {}
            response = httpx.request(method, f"{self.url}{path}", timeout=_TIMEOUT_SECONDS, headers=headers, **options)
            body = response.json()
        except (httpx.HTTPError, ValueError) as error:
            raise CablesError(
                f"the service at {self.url} does not answer ({error}); is `cables serve` well?"
            ) from error
        if response.is_error:
            detail = body.get("detail", response.reason_phrase)
            raise (BadInput if response.is_client_error else CablesError)(str(detail))
        return body


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
