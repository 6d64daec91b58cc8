"""The cables beside an open one, and a search within it; with and without a browser."""

import re

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import expect

from api.web.cable_tools import find_within
from tests.api.web.conftest import Visit, accessibility_faults, ask
from tests.api.web.small_service import client, prefixed, soup
from tests.rag.samples import make_cable

__all__ = ["client", "prefixed"]

CABLE = make_cable("08QUILL12", "A lamp, and a lamp oil.", ("U", "No oil."), ("U", "Nothing."))


def test_words_are_found_as_in_a_scan() -> None:
    found, marks = find_within(CABLE, '"lamp oil" OR OIL')
    assert (found.found, found.first) == ("2 in 2 paragraphs", "1")
    assert marks == {"1": [(14, 22)], "2": [(3, 6)]}
    assert find_within(CABLE, "lam*")[0].found == "2 in 1 paragraph"
    assert find_within(CABLE, "barge")[0].found == "Not in this cable"
    assert find_within(CABLE, " ")[0].found == ""
    assert "quotation mark" in find_within(CABLE, '"lamp')[0].refused


def test_without_scripts_words_are_marked_and_the_first_is_linked(prefixed: TestClient) -> None:
    root = soup(prefixed.get("/archive/read/08QUILL1", params={"find": "barrel*", "in": "sort=-date"}).text)
    assert [each.text for each in root.select("mark")] == ["barrels", "barrel"]
    assert root.select(".find a")[0]["href"] == "#p1"
    assert root.select(".find [name=find]")[0]["value"] == "barrel*"
    assert root.select(".find [name=in]")[0]["value"] == "sort=-date"
    assert "quotation mark" in soup(prefixed.get('/archive/read/08QUILL1?find="').text).select(".find .refused")[0].text


def test_cables_before_and_after_are_of_the_post_or_of_the_list(prefixed: TestClient) -> None:
    def beside(path: str) -> list[tuple[str, str]]:
        return [
            (str(each["rel"][0]), str(each["href"]))
            for each in soup(prefixed.get(path).text).select(".neighbours nav a")
        ]

    assert beside("/archive/read/08QUILL2") == [("prev", "/archive/read/08QUILL1"), ("next", "/archive/read/08QUILL3")]
    assert beside("/archive/read/08QUILL1") == [("next", "/archive/read/08QUILL2")]
    down = "in=classification%3DUNCLASSIFIED%26sort%3D-date"
    assert beside(f"/archive/read/08QUILL4?{down}") == [("next", f"/archive/read/08QUILL3?{down}")]
    assert beside("/archive/read/08QUILL3?in=year%3Dnonsense") != []


def test_the_list_is_sorted_and_its_cables_know_it(prefixed: TestClient) -> None:
    root = soup(prefixed.get("/archive/browse?sort=subject&classification=UNCLASSIFIED").text)
    links = root.select(".cables .pill")
    assert [each.text for each in links] == ["QUILL 4", "QUILL 3"]
    assert links[0]["href"] == "/archive/read/08QUILL4?in=classification%3DUNCLASSIFIED%26sort%3Dsubject"
    (subject,) = root.select("th[aria-sort]")
    assert (subject["aria-sort"], subject.text) == ("ascending", "Subject")
    assert str(subject.select("a")[0]["href"]).endswith("sort=-subject")
    assert root.select("[name=sort]")[0]["value"] == "subject"
    assert not soup(prefixed.get("/archive/browse?sort=nonsense").text).select("[name=sort]")


@pytest.mark.parametrize(("width", "scheme"), [(1400, "light"), (390, "dark")])
def test_one_reads_on_and_finds(visit: Visit, width: int, scheme: str) -> None:
    visit.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    visit.page.set_viewport_size({"width": width, "height": 844})
    visit.page.goto(f"{visit.url}/browse?post=OSTERMERE")
    visit.page.get_by_role("columnheader", name="Date").get_by_role("link").click()
    expect(visit.page.get_by_role("columnheader", name="Date")).to_have_attribute("aria-sort", "descending")
    assert accessibility_faults(visit) == []
    visit.save_screenshot(f"sorted-{scheme}-{width}")
    visit.page.locator(".cables .pill").nth(1).click()
    first = visit.page.locator("#reader-title").inner_text()
    visit.page.get_by_role("link", name="Next cable").click()
    expect(visit.page.locator("#reader-title")).not_to_have_text(first)
    visit.page.get_by_role("link", name="Previous cable").click()
    expect(visit.page.locator("#reader-title")).to_have_text(first)
    visit.page.get_by_role("searchbox", name="Find in this cable").fill("the wheat OR minister*")
    visit.page.keyboard.press("Enter")
    expect(visit.page).to_have_url(re.compile("find=the.wheat.*in=post"))
    current = visit.page.locator("mark[data-current]")
    expect(current).to_be_in_viewport()
    visit.page.get_by_role("button", name="Next place").click()
    expect(current).to_have_count(1)
    assert visit.page.locator("mark").nth(1).get_attribute("data-current") is not None
    assert accessibility_faults(visit) == []
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    visit.save_screenshot(f"find-{scheme}-{width}")


def test_words_are_found_in_the_reader_beside_an_answer(visit: Visit) -> None:
    visit.page.goto(visit.url)
    ask(visit, "Whose idea was it to switch the Gannet Rock light back on?")
    visit.page.locator(".answer .pill").first.click()
    reader = visit.page.locator("#reader")
    reader.get_by_role("searchbox").fill("lighthouse")
    visit.page.keyboard.press("Enter")
    expect(visit.page).to_have_url(re.compile("open=.*find=lighthouse"))
    expect(reader.locator("mark[data-current]")).to_be_in_viewport()
    visit.page.reload()
    expect(reader.locator("mark").first).to_have_text(re.compile("lighthouse", re.IGNORECASE))
    following = reader.locator(".neighbours nav a").first
    name = following.get_attribute("data-key") or ""
    following.click()
    expect(visit.page).to_have_url(re.compile(f"open={name}$"))
    expect(reader.locator(".find input[type=search]")).to_have_value("")
