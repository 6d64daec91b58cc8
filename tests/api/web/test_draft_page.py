"""Drafts checked on the page; with and without a browser."""

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import expect

from tests.api.web.conftest import Visit, accessibility_faults
from tests.api.web.elements import texts
from tests.api.web.small_service import client, prefixed, soup

__all__ = ["client", "prefixed"]

DRAFT = "They “wrote that lamp fuel is short” (QUILL 1 ¶2).\r\nSee ROOK 9 and <b>QUILL 7</b>."


def test_without_scripts_a_draft_comes_back_checked_and_is_not_kept(prefixed: TestClient) -> None:
    response = prefixed.post("/archive/drafts", data={"text": DRAFT})
    assert response.status_code == 200 and response.headers["cache-control"] == "no-store"
    root = soup(response.text)
    assert [each.text for each in root.select(".draft del")] == ["fuel"]
    assert [each.text for each in root.select(".draft ins")] == ["oil"]
    assert root.select(".draft a.ok")[0]["href"] == "/archive/read/08QUILL1#p2"
    assert "the quotation differs" in texts(root.select(".remarks")[0])
    assert root.select("textarea")[0].text.strip().startswith("They “wrote") and not root.select(".draft b")
    assert "lamp fuel" not in prefixed.get("/archive/drafts").text


def test_a_draft_that_is_too_long_is_refused_by_the_box(client: TestClient) -> None:
    response = client.post("/drafts", data={"text": "a " * 500_001})
    assert response.status_code == 400
    assert "cut it in parts" in soup(response.text).select("#refused")[0].text
    assert client.post("/drafts", data={"text": ""}).status_code == 200


@pytest.mark.parametrize(("width", "scheme"), [(1400, "light"), (390, "dark")])
def test_a_draft_is_pasted_and_read(visit: Visit, width: int, scheme: str) -> None:
    visit.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    visit.page.set_viewport_size({"width": width, "height": 844})
    visit.page.goto(visit.url)
    visit.page.get_by_role("link", name="Check", exact=True).click()
    visit.page.get_by_label("Draft, as plain text").fill(
        "The Embassy held that “There are three Quillmark policies and one lamp” (QUILLHAVEN 2340 ¶13). "
        "Others were “never written by anybody in any of these cables” (OSTERMERE 71 ¶5); see also QUILLHAVEN 99999."
    )
    assert accessibility_faults(visit) == []
    assert visit.page.evaluate("document.querySelector('.top').scrollWidth") <= width
    visit.page.get_by_role("button", name="Check", exact=True).click()
    expect(visit.page.locator("#checked")).to_have_text("3 citations, 3 to look at")
    expect(visit.page.locator(".draft ins")).to_have_text("two")
    assert accessibility_faults(visit) == []
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    visit.save_screenshot(f"draft-{scheme}-{width}")
