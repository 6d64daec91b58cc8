"""WCAG 2.2 AA as far as axe-core can tell, light and dark, wide and narrow; and the page by keyboard alone."""

from typing import Literal

import pytest
from playwright.sync_api import expect

from tests.api.web.conftest import Visit, accessibility_faults, ask

QUESTION = "What did cables from Ostermere in 2008 say about the duty on wheat?"


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (1360, "light"),
        (390, "dark"),
        pytest.param(1360, "dark", marks=pytest.mark.slow),
        pytest.param(390, "light", marks=pytest.mark.slow),
    ],
)
def test_axe_finds_nothing(visit: Visit, scheme: str, width: int) -> None:
    theme: Literal["dark", "light"] = "dark" if scheme == "dark" else "light"
    visit.page.emulate_media(color_scheme=theme, reduced_motion="reduce")  # nothing is half scrolled when axe looks
    visit.page.set_viewport_size({"width": width, "height": 844})
    visit.page.goto(visit.url)
    visit.page.locator(".suggested").wait_for()
    assert accessibility_faults(visit) == []
    visit.save_screenshot(f"empty-{scheme}-{width}")
    ask(visit, QUESTION)
    visit.page.get_by_role("button", name="Bad answer").click()
    assert accessibility_faults(visit) == []
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    assert visit.page.evaluate("document.querySelector('.top').scrollWidth") <= width
    visit.save_screenshot(f"answer-{scheme}-{width}")
    visit.page.locator(".answer .pill").first.click()
    visit.page.locator(".reader .cable").wait_for()
    assert accessibility_faults(visit) == []
    visit.save_screenshot(f"reader-{scheme}-{width}")
    visit.page.goto(f"{visit.url}/read/08ODDHARBOR7#p1")
    visit.page.locator(".cable").wait_for()
    assert accessibility_faults(visit) == []
    visit.save_screenshot(f"read-{scheme}-{width}")
    visit.page.goto(f"{visit.url}/browse")
    visit.page.keyboard.press("?")
    expect(visit.page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    assert accessibility_faults(visit) == []
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    visit.save_screenshot(f"help-{scheme}-{width}")


def test_the_theme_is_switched_and_stored(visit: Visit) -> None:
    visit.page.emulate_media(color_scheme="light")
    visit.page.goto(visit.url)
    background = "getComputedStyle(document.body).backgroundColor"
    before = visit.page.evaluate(background)
    visit.page.get_by_role("button", name="Light or dark").click()
    after = visit.page.evaluate(background)
    assert before != after
    visit.page.reload()
    assert visit.page.evaluate(background) == after


def test_the_reader_is_a_sheet_on_the_phone(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 844})
    visit.page.goto(visit.url)
    ask(visit, QUESTION)
    visit.page.locator(".answer .pill").first.click()
    expect(visit.page.locator(".reader .paragraph[data-chosen]")).to_be_in_viewport()
    visit.page.wait_for_function("document.querySelector('.talk').inert")
    visit.page.go_back()
    expect(visit.page.locator(".reader")).to_be_hidden()
    visit.page.wait_for_function("!document.querySelector('.talk').inert")
    assert "open=" not in visit.page.url


def test_an_answer_is_read_by_keyboard_alone(visit: Visit) -> None:
    visit.page.goto(visit.url)
    expect(visit.page.get_by_role("textbox", name="Question")).to_be_focused()
    visit.page.keyboard.type(QUESTION)
    visit.page.keyboard.press("Enter")
    pill = visit.page.locator(".answer[aria-busy=false] .pill").first
    pill.wait_for()
    for _ in range(30):
        visit.page.keyboard.press("Shift+Tab")
        if pill.evaluate("each => each === document.activeElement"):
            break
    expect(pill).to_be_focused()
    assert pill.evaluate("each => getComputedStyle(each).outlineStyle") == "solid"
    visit.page.keyboard.press("Enter")
    expect(visit.page.locator("#reader-title")).to_be_focused()
    visit.page.keyboard.press("Escape")
    expect(pill).to_be_focused()
