"""Every hit on the page: totals, posts, marked snippets, CSV; with and without a browser."""

import re

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import expect

from tests.api.web.conftest import Visit, accessibility_faults
from tests.api.web.elements import of_class, texts
from tests.api.web.small_service import client, prefixed, soup

__all__ = ["client", "prefixed"]


def test_every_hit_is_listed_with_totals_and_marks(prefixed: TestClient) -> None:
    root = soup(prefixed.get("/archive/browse", params={"query": '"lamp oil" OR tariff', "mode": "every"}).text)
    assert texts(of_class(root, "scanned")[0]) == ["4 paragraphs", "Save this search", "Download as CSV"]
    hits = sorted(root.select(".hits li"), key=lambda each: each.text)
    assert sorted(each.text for each in root.select(".hits a")) == [
        "QUILL 1 ¶1",
        "QUILL 1 ¶2",
        "QUILL 3 ¶1",
        "QUILL 4 ¶1",
    ]
    assert [each.text for each in hits[0].select("mark")] == ["lamp oil"]
    assert hits[0].select("a")[0]["href"] == "/archive/read/08QUILL1?mark=1.51-59#p1"
    chip = root.select(".by-post a")[0]
    assert texts(chip) == ["QUILL", "4"] and str(chip["href"]).endswith("mode=every&post=QUILL")
    narrowed = soup(prefixed.get(str(chip["href"])).text).select(".by-post a")[0]
    assert narrowed["aria-current"] == "true" and "post" not in str(narrowed["href"])
    assert root.select(".bars a")


def test_a_hit_opens_in_the_list_that_browse_shows(prefixed: TestClient) -> None:
    sent = {"query": "tariff", "mode": "every", "tag": "", "date_from": "2001-01-01"}
    hit = soup(prefixed.get("/archive/browse", params=sent).text).select(".hits a")[0]
    assert str(hit["href"]).split("&")[1].startswith("in=date_from%3D2001-01-01#p")
    opened = soup(prefixed.get(str(hit["href"])).text)
    assert opened.select(".find [name=in]")[0]["value"] == "date_from=2001-01-01"


def test_hits_come_as_a_file(client: TestClient) -> None:
    response = client.get("/browse/hits.csv", params={"query": "tariff", "post": "QUILL"})
    assert response.headers["content-disposition"] == 'attachment; filename="hits.csv"'
    assert response.headers["content-type"].startswith("text/csv")
    first, *lines = (line.split(",")[0] for line in response.text.splitlines())
    assert (first, sorted(lines)) == ("key", ["08QUILL3#1", "08QUILL4#1"])
    assert client.get("/browse/hits.csv", params={"query": '"tariff'}).status_code == 400
    assert client.get("/browse/hits.csv", params={"query": "tariff", "post": "QUIL"}).status_code == 400


@pytest.mark.parametrize(
    ("sent", "reason"),
    [({"query": '"lamp'}, "A quotation mark is missing"), ({"query": "lamp", "cursor": "!"}, "Not a cursor")],
)
def test_what_cannot_be_read_is_said_by_the_box(client: TestClient, sent: dict[str, str], reason: str) -> None:
    response = client.get("/browse", params=sent | {"mode": "every"})
    root = soup(response.text)
    assert response.status_code == 400 and root.select("#refused")[0].text.startswith(reason)
    box = root.select("[name=query]")[0]
    assert (box["value"], box["aria-describedby"]) == (sent["query"], "refused")


def test_words_that_stand_nowhere_are_told_so(client: TestClient) -> None:
    root = soup(client.get("/browse", params={"query": "zanzibar", "mode": "every"}).text)
    assert texts(of_class(root, "scanned")[0]) == ["No paragraph holds these words.", "Save this search"]


@pytest.mark.parametrize(("width", "scheme"), [(1400, "light"), (390, "dark")])
def test_every_hit_is_found_and_opened(visit: Visit, width: int, scheme: str) -> None:
    visit.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    visit.page.set_viewport_size({"width": width, "height": 844})
    visit.page.goto(f"{visit.url}/browse")
    visit.page.get_by_role("searchbox").fill("silverfin limit*")
    visit.page.get_by_label("Every hit").check()
    expect(visit.page).to_have_url(re.compile("mode=every"))
    expect(visit.page.locator(".scanned .found")).to_have_text(re.compile(r"\d+ paragraphs"))
    assert accessibility_faults(visit) == []
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    visit.save_screenshot(f"hits-{scheme}-{width}")
    visit.page.locator(".hits .pill").first.click()
    expect(visit.page.locator(".paragraph:target mark").first).to_be_visible()
