"""The web page in a real browser: Debian's Chromium before `cables serve` on a copy of the sample archive."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)

from ingest.pipeline import ingest
from ingest.sources import documents
from rag.archive import Archive
from rag.settings import Settings
from tests.api.web.odd_cables import write_odd_cables

SCREENS = Path(__file__).resolve().parents[3] / "reports" / "screens"
MAIN = "from api.cli.main import main; main()"
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
          "--disable-sync", "--no-first-run"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Served:
    """A running service: where it answers, its store, its process."""

    url: str
    store: Path
    process: subprocess.Popen[bytes]


@dataclass(slots=True)
class Visit:
    """A page with everything that went wrong on it."""

    page: Page
    url: str
    faults: list[str] = field(default_factory=list)

    def keep(self, name: str) -> None:
        """Keep a picture of the page among the run's artefacts."""
        SCREENS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENS / f"{name}.png")


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The browser; its tests skip where there is none, but never under CI=true."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None and os.environ.get("CI") != "true":
        pytest.skip("no chromium here: the web page is not tried in a browser (Debian: apt-get install chromium)")
    expect.set_options(timeout=20_000)  # a busy machine takes its time
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        yield browser
        browser.close()


def serve(store: Path, log: Path, **settings: str) -> Served:
    """Run `cables serve` on this store, with variables of the environment, and wait until it is ready."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-c", MAIN, "serve", "--store", str(store), "--port", str(port)]
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, env=os.environ | settings)
    for _ in range(600):
        try:
            if httpx.get(f"{url}/readyz").is_success:
                return Served(url, store, process)
        except httpx.TransportError:
            time.sleep(0.2)
        if process.poll() is not None:
            break
    raise AssertionError(f"the service did not start: {log.read_text()[-2000:]}")


def stop(served: Served) -> None:
    """End the service."""
    served.process.terminate()
    try:
        served.process.wait(20)
    except subprocess.TimeoutExpired:  # open sockets of a browser can hold uvicorn's graceful end
        served.process.kill()
        served.process.wait()


@pytest.fixture(scope="package")
def service(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The service on a copy of the sample archive, with two odd cables more."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copytree(sample_store, folder / "store")
    write_odd_cables(folder / "odd")
    with Archive(Settings(store=folder / "store")) as archive:
        ingest(archive, documents([str(folder / "odd")]))
    served = serve(folder / "store", folder / "log")
    yield served
    stop(served)


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser profile of its own for each test."""
    context = chromium.new_context(viewport={"width": 1360, "height": 860}, permissions=["clipboard-read"])
    context.set_default_timeout(20_000)
    yield context
    context.close()


@pytest.fixture
def visit(context: BrowserContext, service: Served) -> Iterator[Visit]:
    """A page; at the end its console must be free of errors, and no request may have left the origin."""
    visit = open_visit(context, service.url)
    yield visit
    assert visit.faults == []


def open_visit(context: BrowserContext, url: str) -> Visit:
    """A page that notes what goes wrong on it."""
    visit = Visit(context.new_page(), url)
    socket_url = url.replace("http", "ws", 1)

    def on_console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            visit.faults.append(f"console: {message.text}")

    def on_request(request: Request) -> None:
        if not request.url.startswith((url, socket_url, "data:", "blob:")):
            visit.faults.append(f"request to {request.url}")

    def on_response(response: Response) -> None:
        if response.status >= 400:
            visit.faults.append(f"{response.status} from {response.url}")

    visit.page.on("console", on_console)
    visit.page.on("pageerror", lambda error: visit.faults.append(f"script: {error}"))
    visit.page.on("request", on_request)
    visit.page.on("response", on_response)
    return visit


def ask(visit: Visit, question: str) -> None:
    """Ask and wait for the whole answer."""
    turns = visit.page.locator(".turn")
    before = turns.count()
    box = visit.page.get_by_role("textbox", name="Question")
    box.fill(question)
    box.press("Enter")
    expect(turns.nth(before).locator(".answer")).to_have_attribute("aria-busy", "false")
