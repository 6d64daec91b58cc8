"""The picture of an answer with an opened citation that the documentation shows."""

import os
from pathlib import Path

from playwright.sync_api import expect

from tests.api.web.conftest import Visit, ask

QUESTION = "How far will the wheat duty fall, and by when?"
PICTURE = Path(__file__).resolve().parents[3] / "docs" / "assets" / "answer.png"


def test_an_answer_beside_the_paragraph_it_cites(visit: Visit) -> None:
    """Writes the picture only with UPDATE_SCREENSHOT=1; otherwise the committed one stays as it is."""
    page = visit.page
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(visit.url)
    ask(visit, QUESTION)
    page.get_by_role("button", name="New chat").click()
    expect(page.locator(".turn")).to_have_count(0)  # the new chat is there
    ask(visit, QUESTION)  # the first question loads what later ones reuse
    page.locator(".answer .pill").first.click()
    quoted = page.locator(".reader [data-chosen] mark").first
    expect(quoted).to_be_in_viewport()
    page.locator(".reader .sheet").evaluate("sheet => sheet.scrollTo(0, 0)")  # the cable's header too
    expect(quoted).to_be_in_viewport()
    if os.environ.get("UPDATE_SCREENSHOT") == "1":
        page.mouse.move(0, 799)  # nothing under the pointer
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURE, animations="disabled")
    assert PICTURE.is_file()
