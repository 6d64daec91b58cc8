"""Saved searches on the page, without scripts and in a browser."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import expect

from api.web.searches_page import saved_search
from rag.archive import Archive
from rag.catalog.keys import Keys
from rag.domain.access import Clearance
from rag.domain.marking import Level
from rag.settings import Settings
from tests.api.clients import client_of
from tests.api.small_archive import small_store
from tests.api.web.conftest import Visit, accessibility_faults
from tests.api.web.elements import of_class, texts
from tests.api.web.small_service import client, prefixed, soup
from tests.rag.samples import make_cable

__all__ = ["client", "prefixed"]

WATCH = {
    "id": "0f",
    "name": "lamp oil",
    "query": "lamp oil",
    "filters": {"post": ["QUILL"], "tag": [], "classification": [], "date_from": "2008-01-01", "date_to": None},
    "new": 3,
    "problem": None,
    "feed": False,
}


def test_a_saved_search_says_what_it_looks_for() -> None:
    found = saved_search(WATCH)
    assert found.about == "Post: QUILL · Date: from 2008-01-01"
    assert found.all == "/browse?query=lamp+oil&mode=every&post=QUILL&date_from=2008-01-01"
    assert saved_search(WATCH | {"name": "Oil"}).about.startswith("lamp oil · ")
    several = WATCH["filters"] | {"post": ["QUILL", "ROOK"]}  # type: ignore[operator] # a dict
    assert saved_search(WATCH | {"filters": several}).all == "", "Browse has one post at a time"


def test_without_scripts_a_search_is_saved_read_and_removed(prefixed: TestClient) -> None:
    scanned = soup(prefixed.get("/archive/browse", params={"query": "lamp", "mode": "every", "post": "QUILL"}).text)
    form = scanned.select("form.saving")[0]
    fields = {str(each["name"]): str(each["value"]) for each in form.select("input")}
    assert fields == {"query": "lamp", "mode": "every", "post": "QUILL"}
    page = prefixed.post(str(form["action"]), data=fields)
    assert page.status_code == 200 and "Nothing is new" in page.text and "Post: QUILL" in page.text
    archive = prefixed.app.state.archive  # type: ignore[attr-defined] # FastAPI's
    archive.catalog.put(make_cable("08QUILL9", "A <b>lamp</b> more."))
    archive.index_pending()
    assert texts(soup(prefixed.get("/archive/saved/new").text)) == ["1", "new"]
    assert texts(of_class(soup(prefixed.get("/archive/saved").text), "badge")[0]) == ["1 new"]
    new = soup(prefixed.get(page.url.path).text)
    assert [each.text for each in new.select("mark")] == ["lamp"] and not new.select("main b")
    assert new.select(".hits .pill")[0]["href"] == "/archive/read/08QUILL9?mark=1.5-9#p1"
    seen = new.select("form[action$=seen]")[0]
    marked = prefixed.post(str(seen["action"]), data={"mark": str(seen.select("input")[0]["value"])})
    assert "Nothing is new" in marked.text and prefixed.get("/archive/saved/new").text.strip() == ""
    address = prefixed.post(f"{page.url.path}/feed")
    assert address.headers["cache-control"] == "no-store"
    url = soup(address.text).select(".feed-url code")[0].text
    assert prefixed.get(url).headers["content-type"].startswith("application/atom+xml")
    removed = prefixed.post(f"{page.url.path}/delete")
    assert removed.url.path == "/archive/saved" and not of_class(soup(removed.text), "saved-name")
    assert prefixed.get(page.url.path).status_code == 404


def test_what_cannot_be_saved_is_refused(client: TestClient) -> None:
    for fields, reason in (
        ({"query": "lamp", "post": "QUIL"}, "no cable here has the post"),
        ({"query": ""}, ""),
        ({"query": "-lamp"}, ""),
    ):
        refused = client.post("/searches", data=fields)
        assert refused.status_code == 400 and reason in refused.text.casefold()
    assert client.get("/saved/new").text.strip() == ""


def test_a_search_is_of_the_key_that_saved_it(tmp_path: Path) -> None:
    store = small_store(tmp_path / "store")
    with Archive(Settings(store=store)) as archive:
        first, other = (Keys(archive.catalog).add(name, Clearance(Level.S)) for name in "ab")
    with client_of(Settings(store=store)) as client:
        client.cookies.set("cables_key", first)
        path = client.post("/searches", data={"query": "lamp"}).url.path
        client.cookies.set("cables_key", other)
        for way in ("", "/seen", "/feed", "/delete"):
            sent = client.post(f"{path}{way}", data={"mark": "1"}) if way else client.get(path)
            assert sent.status_code == 404
        assert "lamp" not in client.get("/saved").text


@pytest.mark.parametrize(("width", "scheme"), [(1360, "light"), (390, "dark")])
def test_a_reader_saves_a_search(visit: Visit, width: int, scheme: str) -> None:
    visit.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    visit.page.set_viewport_size({"width": width, "height": 844})
    visit.page.goto(f"{visit.url}/browse?mode=every&query=wheat&post=OSTERMERE")
    visit.page.get_by_role("button", name="Save this search").click()
    expect(visit.page.get_by_role("heading", name="wheat")).to_be_visible()
    visit.page.get_by_role("button", name="Address for a feed reader").click()
    expect(visit.page.get_by_text("This address is shown once")).to_be_visible()
    assert accessibility_faults(visit) == []
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    visit.save_screenshot(f"search-{scheme}-{width}")
    visit.page.get_by_role("link", name="All hits").click()
    expect(visit.page.locator(".hits li").first).to_be_visible()
    visit.page.get_by_role("link", name="Saved").click()
    visit.page.get_by_label("Delete the search wheat").click()
    visit.page.get_by_role("button", name="Delete for good").click()
    expect(visit.page.get_by_text("Look for words on Browse")).to_be_visible()
