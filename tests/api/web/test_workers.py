"""Two workers serve the page, under a prefix: nothing of a conversation is in either."""

import os
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import BrowserContext, expect

from tests.api.web.conftest import Visit, ask, open_visit
from tests.cables_command import run_cables
from tests.conftest import SAMPLE
from tests.processes import answers, chroma_server, free_port, running, until

pytestmark = pytest.mark.timeout(600)  # four processes that each load the model

QUESTION = "What did Bettina Krale say about the wheat duty?"


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    chroma, port = free_port(), free_port()
    own = {"STORE": str(tmp_path / "store"), "CHROMA_URL": f"http://127.0.0.1:{chroma}", "ROOT_PATH": "/archive"}
    env = os.environ | {f"CABLES_{name}": value for name, value in own.items()}
    files = [str(file) for file in sorted(SAMPLE.glob("*.txt")) if "Krale" in file.read_text(encoding="utf-8")][:3]
    with chroma_server(tmp_path, chroma):
        done = run_cables("ingest", *files, env=env)
        assert done.returncode == 0, done.stderr
        command = ["cables", "serve", "--port", str(port), "--workers", "2"]
        with running(command, tmp_path / "log", env):
            until(lambda: answers(f"http://127.0.0.1:{port}/readyz"), 240, "the service starting")
            yield f"http://127.0.0.1:{port}"


def test_any_worker_serves_any_part_of_a_conversation(context: BrowserContext, url: str) -> None:
    visit: Visit = open_visit(context, url)
    visit.page.goto(f"{url}/archive/")
    ask(visit, QUESTION)
    ask(visit, "And what fund did she obtain?")
    second = visit.page.locator(".turn").nth(1)
    expect(second).to_contain_text("Understood as:")
    second.locator(".answer .pill").first.click()
    expect(visit.page.locator(".reader [data-chosen] mark").first).to_be_visible()
    for _ in range(4):  # whichever worker it is
        visit.page.reload()
        expect(visit.page.locator(".turn .sentence").first).to_be_visible()
        expect(visit.page.locator(".turn")).to_have_count(2)
        expect(visit.page.locator(".reader [data-chosen] mark").first).to_be_visible()
    for _ in range(8):
        answer = httpx.get(f"{url}/archive/", params={"q": QUESTION}, timeout=60)
        assert answer.status_code == 200 and 'class="sentence"' in answer.text
    assert visit.faults == []
