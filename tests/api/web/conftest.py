"""The web page in a real browser: Debian's Chromium before `cables serve` on a copy of the sample archive."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
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
from ingest.sources.paths import documents
from rag.archive import Archive
from rag.settings import Settings
from tests.api.web.odd_cables import write_odd_cables
from tests.processes import answers, free_port, running, until

SCREENS = Path(__file__).resolve().parents[3] / "reports" / "screens"
_WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
_ANIMATIONS_ENDED = """Promise.allSettled(document.getAnimations()
    .filter(animation => animation.effect.getTiming().iterations !== Infinity)
    .map(animation => animation.finished))"""
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
          "--disable-sync", "--no-first-run"]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Served:
    """A running service: its address and its store."""

    url: str
    store: Path


@dataclass(slots=True)
class Visit:
    """A page with everything that went wrong on it."""

    page: Page
    url: str
    faults: list[str] = field(default_factory=list)

    def save_screenshot(self, name: str) -> None:
        """Save a picture of the page among the artefacts of the run."""
        SCREENS.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=SCREENS / f"{name}.png")


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The browser; its tests skip where there is none, but never under CI=true."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None and os.environ.get("CI") != "true":
        pytest.skip("no chromium here: the web page is not tried in a browser (Debian: apt-get install chromium)")
    expect.set_options(timeout=60_000)  # a busy machine takes its time
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        yield browser
        browser.close()


@contextmanager
def serving(store: Path, log: Path, **environment: str) -> Iterator[Served]:
    """`cables serve` on this store, with these variables of the environment, ready to answer."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with running(
        ["cables", "serve", "--store", str(store), "--port", str(port)], log, os.environ | environment
    ) as process:
        until(lambda: process.poll() is not None or answers(f"{url}/readyz"), 240, "the service starting")
        assert process.poll() is None, log.read_text()[-2000:]
        yield Served(url, store)


@pytest.fixture(scope="session")
def service(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The service on a copy of the sample archive, with two odd cables more."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copytree(sample_store, folder / "store")
    write_odd_cables(folder / "odd")
    with Archive(Settings(store=folder / "store")) as archive:
        ingest(archive, documents([str(folder / "odd")]))
    with serving(folder / "store", folder / "log") as served:
        yield served


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser profile of its own for each test."""
    context = chromium.new_context(viewport={"width": 1360, "height": 860}, permissions=["clipboard-read"])
    context.set_default_timeout(60_000)
    yield context
    context.close()


@pytest.fixture
def visit(context: BrowserContext, service: Served) -> Iterator[Visit]:
    """A page; at the end its console must be free of errors, and no request may have left the origin."""
    visit = open_visit(context, service.url)
    yield visit
    assert visit.faults == []


def open_visit(context: BrowserContext, url: str) -> Visit:
    """A page whose errors are recorded."""
    visit = Visit(context.new_page(), url)

    def on_console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            visit.faults.append(f"console: {message.text}")

    def on_request(request: Request) -> None:
        if not request.url.startswith((url, "data:", "blob:")):
            visit.faults.append(f"request to {request.url}")

    def on_response(response: Response) -> None:
        if response.status >= 400:
            visit.faults.append(f"{response.status} from {response.url}")

    visit.page.on("console", on_console)
    visit.page.on("pageerror", lambda error: visit.faults.append(f"script: {error}"))
    visit.page.on("request", on_request)
    visit.page.on("response", on_response)
    return visit


def send(visit: Visit, question: str) -> None:
    """Ask, without waiting for the answer."""
    box = visit.page.get_by_role("textbox", name="Question")
    box.fill(question)
    box.press("Enter")


def ask(visit: Visit, question: str) -> None:
    """Ask and wait for the whole answer."""
    turns = visit.page.locator(".turn")
    before = turns.count()
    send(visit, question)
    expect(turns.nth(before).locator(".answer")).to_have_attribute("aria-busy", "false")


def accessibility_faults(visit: Visit) -> list[str]:
    """What axe-core finds wrong with the page as it is, once its transitions have ended."""
    visit.page.evaluate(_ANIMATIONS_ENDED)
    violations = Axe().run(visit.page, options=_WCAG).response["violations"]
    return [f"{violation['id']}: {node['target']}" for violation in violations for node in violation["nodes"]]
