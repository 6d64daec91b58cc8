"""The example configurations of nginx and Caddy, before the real service."""

import os
import time
from collections.abc import Iterator
from contextlib import suppress

import httpx
import pytest

from rag.catalog.catalog import open_catalog
from rag.catalog.keys import Keys
from rag.domain.access import Clearance
from rag.domain.marking import Level
from rag.settings import Settings
from tests.api.proxies import HOSTS, Proxy, proxy
from tests.api.small_archive import small_store
from tests.processes import answers, free_port, running, until
from tests.rag.openai_server import ModelReply, openai_server

ROOT_HOST, PATH_HOST = HOSTS
_PAUSE = 2.0  # seconds that the model takes
_PLACES = [(ROOT_HOST, ""), (PATH_HOST, "/archive")]
_ASKED = {"messages": [{"role": "user", "content": "When does the grain tariff fall to nine percent?"}]}
_EVENTS = {"accept": "text/event-stream"}


@pytest.fixture(scope="module")
def key_and_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    """A reader's key, and the port of a service whose language model takes its time."""
    folder, port = tmp_path_factory.mktemp("proxied"), free_port()
    store = small_store(folder / "store")
    with open_catalog(Settings(store=store)) as catalog:
        key = Keys(catalog).add("reader", Clearance(Level.U))
    with openai_server([ModelReply("The grain tariff falls to nine percent in June [1].", delay=_PAUSE)]) as model:
        env = os.environ | {
            "CABLES_LLM": "openai:scripted",
            "CABLES_LLM_BASE_URL": model.url,
            "CABLES_LLM_API_KEY": "none",
        }
        with running(["cables", "serve", "--store", str(store), "--port", str(port)], folder / "log", env):
            until(lambda: answers(f"http://127.0.0.1:{port}/readyz"), 120, "the service starting")
            yield key, port


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def proxied(request: pytest.FixtureRequest, key_and_port: tuple[str, int]) -> Iterator[Proxy]:
    with proxy(request.param, key_and_port[1]) as started:
        yield started


@pytest.fixture
def key(key_and_port: tuple[str, int]) -> dict[str, str]:
    return {"authorization": f"Bearer {key_and_port[0]}"}


@pytest.mark.parametrize(("host", "path"), _PLACES)
def test_the_first_event_comes_at_once(proxied: Proxy, key: dict[str, str], host: str, path: str) -> None:
    with proxied.client(host) as client:
        with client.stream("POST", f"{path}/chat", json=_ASKED, headers=key | _EVENTS) as response:
            lines = response.iter_lines()
            assert next(lines) == "event: status"
            first = time.monotonic()
            assert "event: answer" in lines
        assert time.monotonic() - first > _PAUSE / 2


@pytest.mark.parametrize(("host", "path"), _PLACES)
def test_the_service_knows_its_address(proxied: Proxy, key: dict[str, str], host: str, path: str) -> None:
    with proxied.client(host, **{"x-forwarded-proto": "http", "x-forwarded-host": "evil.example"}) as client:
        assert client.get(f"{path}/search/", headers=key).headers["location"] == f"https://{host}{path}/search"
        page = client.get(f"{path}/")
        assert page.status_code == 401 and f'action="{path}/session"' in page.text


@pytest.mark.parametrize(("host", "path"), _PLACES)
def test_the_service_knows_its_clients(proxied: Proxy, host: str, path: str) -> None:
    def refused(sender: str, claimed: str) -> int:
        with proxied.client(host, sender, **{"x-forwarded-for": claimed, "authorization": "Bearer no"}) as client:
            return client.get(f"{path}/search", params={"query": "oil"}).status_code

    many, other = (f"127.{proxied.port // 256}.{proxied.port % 256}.{len(path) + last}" for last in (2, 3))
    statuses = [refused(many, f"192.0.2.{number}") for number in range(31)]
    assert (statuses[0], statuses[-1], refused(other, many)) == (401, 429, 401)


@pytest.mark.parametrize("inside", ["/metrics", "//metrics", "/%6detrics", "/owner/withdrawals"])
@pytest.mark.parametrize(("host", "path"), _PLACES)
def test_what_stays_inside(proxied: Proxy, host: str, path: str, inside: str) -> None:
    with proxied.client(host) as client:
        for made_up in ("", "/x", "/archive", "/archive/x"):
            headers = {"x-forwarded-prefix": made_up} if made_up else {}
            response = client.get(f"https://127.0.0.1:{proxied.port}{path}{made_up}{inside}", headers=headers)
            assert response.status_code == 404 and "cables_requests_total" not in response.text


@pytest.mark.parametrize(("host", "path"), _PLACES)
def test_a_body_that_is_too_large(proxied: Proxy, key: dict[str, str], host: str, path: str) -> None:
    with proxied.client(host, **key) as client:
        assert client.post(f"{path}/check", json={"text": "x" * 3_900_000}).status_code in (200, 400)
        with suppress(httpx.WriteError):  # the connection was closed before all was read
            assert client.post(f"{path}/check", json={"text": "x" * 5_000_000}).status_code == 413
