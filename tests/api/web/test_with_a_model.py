"""Answers written by a language model, as they come in: a scripted server stands in for the model."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.api.web.conftest import Visit, open_visit, send, serving
from tests.rag.openai_server import ModelReply, Scripted, openai_server

QUESTION = "Whose idea was it to switch the Gannet Rock light back on?"
SUPPORTED = "The idea came from the chief of staff, Leopold Starkey, and not from the Navy"
UNSUPPORTED = "Admiral Pellworm paid 4,000 crowns for the lamp"
SLOW = ModelReply(f"{SUPPORTED} [1]. {UNSUPPORTED} [1].", pause=0.5)


@pytest.fixture(scope="module")
def model() -> Iterator[Scripted]:
    with openai_server(lambda prompt: SLOW) as server:
        yield server


@pytest.fixture
def visit(context: BrowserContext, model: Scripted, sample_store: Path, tmp_path: Path) -> Iterator[Visit]:
    shutil.copytree(sample_store, tmp_path / "store")
    environment = {
        "CABLES_LLM": "openai:scripted",
        "CABLES_LLM_BASE_URL": model.url,
        "CABLES_LLM_API_KEY": "key",
        "CABLES_LLM_SIZE": "small",  # it is not asked to judge its own sentences
    }
    with serving(tmp_path / "store", tmp_path / "log", **environment) as served:
        visit = open_visit(context, served.url)
        visit.page.goto(visit.url)
        yield visit
    assert visit.faults == []


def test_sentences_stream_before_the_answer_and_unsupported_ones_are_withheld(visit: Visit) -> None:
    send(visit, QUESTION)
    answer = visit.page.locator(".answer")
    expect(answer.get_by_text(SUPPORTED)).to_be_visible()
    expect(answer).to_have_attribute("aria-busy", "true")
    expect(answer).to_have_attribute("aria-busy", "false")
    withheld = answer.locator(".withheld")
    expect(withheld).to_contain_text("Withheld: its sources lack the name")
    expect(withheld).to_contain_text(UNSUPPORTED)
    expect(withheld.get_by_role("link")).to_have_count(0)
    visit.save_screenshot("withheld")


def test_stop_ends_the_answer_and_the_call_to_the_model(visit: Visit, model: Scripted) -> None:
    model.broken_off.clear()
    send(visit, QUESTION)
    expect(visit.page.locator(".answer").get_by_text(SUPPORTED)).to_be_visible()
    visit.page.get_by_role("button", name="Stop").click()
    expect(visit.page.get_by_role("alert").filter(has_text="Stopped.")).to_be_visible()
    assert model.broken_off.wait(20)
    expect(visit.page.get_by_role("button", name="Ask", exact=True)).to_be_enabled()
    visit.page.reload()
    expect(visit.page.locator(".turn .question")).to_have_text(QUESTION)
    expect(visit.page.locator(".answer")).to_have_attribute("aria-busy", "false")
