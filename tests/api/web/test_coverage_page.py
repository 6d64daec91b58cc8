"""What is held and what is lacking, on the page; with and without a browser."""

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import expect

from tests.api.web.conftest import Visit, accessibility_faults
from tests.api.web.elements import texts
from tests.api.web.small_service import client, prefixed, soup

__all__ = ["client", "prefixed"]


def test_posts_stand_with_their_years(prefixed: TestClient) -> None:
    root = soup(prefixed.get("/archive/browse/coverage").text)
    assert texts(root.table.thead) == ["Post", "Cables", "Missing", "Lacking", "2008"]  # type: ignore[union-attr, arg-type]
    (row,) = root.select("tbody tr")
    assert texts(row) == ["QUILL", "4", "0", "0", "4"]
    assert [each["href"] for each in row.select("a")] == [
        "/archive/browse/coverage?post=QUILL",
        "/archive/browse?post=QUILL&year=2008",
    ]


def test_a_post_has_its_gaps_and_what_it_lacks_as_scans(prefixed: TestClient) -> None:
    root = soup(prefixed.get("/archive/browse/coverage?post=quill").text)
    assert [each.text for each in root.select(".year h2")] == ["2007", "2008"]
    first = root.select(".year")[0]
    assert "None is held." in texts(first)
    link = first.select(".chip")[0]
    assert texts(link) == ["07QUILL9", "1"]
    assert link["href"] == "/archive/browse?query=07QUILL9+OR+%22QUILL+9%22&mode=every"
    assert prefixed.get(str(link["href"])).status_code == 200
    assert prefixed.get("/archive/browse/coverage?post=NOWHERE").status_code == 404


@pytest.mark.parametrize(("width", "scheme"), [(1400, "light"), (390, "dark")])
def test_coverage_is_reached_from_browse(visit: Visit, width: int, scheme: str) -> None:
    visit.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    visit.page.set_viewport_size({"width": width, "height": 844})
    visit.page.goto(f"{visit.url}/browse")
    visit.page.get_by_role("link", name="Coverage").click()
    expect(visit.page.get_by_role("heading", name="Coverage")).to_be_visible()
    assert accessibility_faults(visit) == []
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    visit.save_screenshot(f"coverage-{scheme}-{width}")
    visit.page.get_by_role("link", name="QUILLHAVEN", exact=True).click()
    expect(visit.page.locator(".year").first).to_contain_text("missing between")
    assert accessibility_faults(visit) == []
    visit.save_screenshot(f"coverage-post-{scheme}-{width}")
