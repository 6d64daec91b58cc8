"""What was sent to the service and what came back, and when the service was taken down on purpose."""

import math
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx

Outage = tuple[float, float]
"""Beginning and end of a time in which the service was stopped, killed or starting, in seconds of `time.monotonic`."""

_MOST_NOTE = 300


@dataclass(frozen=True, slots=True)
class SoakExchange:
    """A request, or a command, and what came of it.

    `status` is None where no answer came, and for a command. Times are in seconds of `time.monotonic`.
    """

    kind: str
    ok: bool
    started: float
    ended: float
    status: int | None = None
    retry_after: bool = False
    note: str = ""


class Traffic:
    """Counts exchanges by kind and keeps those that failed. Threads share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.seconds: dict[str, list[float]] = defaultdict(list)  # of each exchange that went well, by kind
        self.failures: list[SoakExchange] = []
        self.outages: list[Outage] = []

    @contextmanager
    def outage(self) -> Iterator[None]:
        """The service is down on purpose until the end of the block."""
        started = time.monotonic()
        self.outages.append((started, math.inf))
        try:
            yield
        finally:
            self.outages[-1] = (started, time.monotonic())

    def was_down(self, since: float) -> bool:
        """Whether the service was down on purpose at any time since then."""
        return any(end >= since for _, end in self.outages)

    def add(self, exchange: SoakExchange) -> None:
        """Note an exchange."""
        with self._lock:
            if exchange.ok:
                self.seconds[exchange.kind].append(exchange.ended - exchange.started)
            else:
                self.failures.append(exchange)

    def send(
        self, http: httpx.Client, kind: str, method: str, path: str, expected: int = 200, **options: Any
    ) -> httpx.Response | None:
        """Send a request; returns the response where it has the expected status."""
        started = time.monotonic()
        try:
            response = http.request(method, path, **options)
        except httpx.HTTPError as error:
            note = f"{type(error).__name__}: {error}"[:_MOST_NOTE]
            self.add(SoakExchange(kind, False, started, time.monotonic(), note=note))
            return None
        ok, note = response.status_code == expected, response.text[:_MOST_NOTE]
        self.add(
            SoakExchange(
                kind,
                ok,
                started,
                time.monotonic(),
                response.status_code,
                "retry-after" in response.headers,
                "" if ok else note,
            )
        )
        return response if ok else None


def unannounced(failures: Sequence[SoakExchange], outages: Sequence[Outage]) -> list[SoakExchange]:
    """The failures that nothing announced: neither an outage at the time nor a 503 that says when to try again."""

    def announced(failure: SoakExchange) -> bool:
        if failure.status == httpx.codes.SERVICE_UNAVAILABLE and failure.retry_after:
            return True
        during = any(failure.started <= end and failure.ended >= start for start, end in outages)
        server_side = failure.status is None or failure.status >= httpx.codes.INTERNAL_SERVER_ERROR
        return during and server_side

    return [failure for failure in failures if not announced(failure)]
