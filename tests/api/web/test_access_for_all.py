"""WCAG 2.2 AA as far as axe-core can tell, light and dark, wide and narrow; and the page by keyboard alone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.api.web.conftest import Visit, ask

_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
QUESTION = "What did cables from Ostermere in 2008 say about the duty on wheat?"


def faults(visit: Visit) -> list[str]:
    """What axe-core finds wrong with the page as it stands."""
    visit.page.wait_for_timeout(300)  # transitions end, or colours are measured half-way
    found = Axe().run(visit.page, options=_RULES).response["violations"]
    return [f"{each['id']}: {node['target']}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1360, 390])
def test_axe_finds_nothing(visit: Visit, scheme: str, width: int) -> None:
    visit.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    visit.page.set_viewport_size({"width": width, "height": 844})
    visit.page.goto(visit.url)
    visit.page.locator(".suggested").wait_for()
    assert faults(visit) == []
    visit.keep(f"empty-{scheme}-{width}")
    ask(visit, QUESTION)
    visit.page.get_by_role("button", name="Bad answer").click()
    assert faults(visit) == []
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    assert visit.page.evaluate("document.querySelector('.top').scrollWidth") <= width
    visit.keep(f"answer-{scheme}-{width}")
    visit.page.locator(".answer .pill").first.click()
    visit.page.locator(".reader .cable").wait_for()
    assert faults(visit) == []
    visit.keep(f"reader-{scheme}-{width}")
    visit.page.goto(f"{visit.url}/read/08ODDHARBOR7#p1")
    visit.page.locator(".cable").wait_for()
    assert faults(visit) == []
    visit.keep(f"read-{scheme}-{width}")


def test_the_theme_is_turned_and_kept(visit: Visit) -> None:
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
    assert visit.page.url == f"{visit.url}/"


def test_everything_by_keyboard(visit: Visit) -> None:
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
