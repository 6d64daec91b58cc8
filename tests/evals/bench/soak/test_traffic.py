import math
import time

import httpx
import pytest

from evals.bench.soak.traffic import SoakExchange, Traffic, unannounced


def failure(status: int | None, started: float = 10.0, ended: float = 11.0, retry_after: bool = False) -> SoakExchange:
    return SoakExchange("ask", False, started, ended, status, retry_after)


@pytest.mark.parametrize(
    ("failed", "counts"),
    [
        (failure(500), True),
        (failure(None), True),
        (failure(503), True),  # it does not say when to try again
        (failure(503, retry_after=True), False),
        (failure(500, retry_after=True), True),
        (failure(502, 19, 20), False),  # ended while the service was going down
        (failure(None, 25, 26), False),
        (failure(None, 30, 31), False),  # sent before it was up
        (failure(None, 31, 32), True),
        (failure(401, 25, 26), True),  # a restart is no reason to refuse a key
    ],
)
def test_what_counts_as_unannounced(failed: SoakExchange, counts: bool) -> None:
    assert unannounced([failed], [(20.0, 30.0)]) == ([failed] if counts else [])


def test_an_outage_lasts_until_its_block_ends() -> None:
    traffic = Traffic()
    before = time.monotonic()
    with traffic.outage():
        assert traffic.outages[0][1] == math.inf
        assert traffic.was_down(before)
    assert traffic.was_down(before)
    assert not traffic.was_down(time.monotonic() + 1)


def test_requests_are_counted_and_failures_kept() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/gone":
            raise httpx.ConnectError("refused")
        return httpx.Response(503, headers={"retry-after": "2"}) if request.url.path == "/full" else httpx.Response(200)

    traffic = Traffic()
    with httpx.Client(base_url="http://archive", transport=httpx.MockTransport(answer)) as http:
        assert traffic.send(http, "search", "GET", "/search") is not None
        assert traffic.send(http, "ask", "GET", "/full") is None
        assert traffic.send(http, "ask", "GET", "/gone") is None
        assert traffic.send(http, "refused", "GET", "/search", expected=401) is None
    assert {kind: len(seconds) for kind, seconds in traffic.seconds.items()} == {"search": 1}
    assert [(each.kind, each.status, each.retry_after) for each in traffic.failures] == [
        ("ask", 503, True), ("ask", None, False), ("refused", 200, False),
    ]  # fmt: skip
