"""All pages of the service, without a browser."""

import re
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient

from tests.api.web.elements import of_class
from tests.api.web.small_service import QUESTION, client, prefixed, soup

__all__ = ["client", "prefixed"]

PATHS = [
    "/",
    f"/?q={QUESTION}&open=08QUILL1%232",
    "/browse",
    "/browse?query=lamp+oil",
    "/browse?query=lamp+oil&mode=every",
    "/browse/coverage",
    "/browse/coverage?post=QUILL",
    "/read/08QUILL1",
    "/drafts",
    "/docs",
]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_has_the_policy_and_nothing_from_elsewhere(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert "script-src 'self';" in response.headers["content-security-policy"]
    assert "unsafe" not in response.headers["content-security-policy"]
    root = soup(response.text)
    assert not root.select("script:not([src]), style, [style]")
    for each in root.select("[src], link[href]"):
        assert client.get(str(each.get("src") or each["href"])).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_every_link_of_a_page_is_under_the_prefix_and_leads_somewhere(prefixed: TestClient, path: str) -> None:
    root = soup(prefixed.get(path).text)
    links = {
        str(each.get("href") or each.get("action") or each.get("src"))
        for each in root.select("[href], [action], [src]")
    }
    targets = {urlsplit(link)._replace(fragment="").geturl() for link in links if not link.startswith("#")}
    assert targets and all(target.startswith("/archive/") for target in targets)
    for target in targets:
        assert prefixed.get(target).status_code in (200, 404, 405), target  # 405: a form sends there


def test_an_answer_is_on_the_page_unless_its_script_asks(client: TestClient) -> None:
    page = soup(client.get("/", params={"q": QUESTION}).text)
    assert of_class(page, "sentence")
    live = soup(client.get("/", params={"q": QUESTION}, headers={"cookie": "cables_live=1"}).text)
    assert not of_class(live, "sentence") and live.select("[data-awaited]")
    assert of_class(
        soup(client.get("/", params={"q": QUESTION, "plain": "1"}, headers={"cookie": "cables_live=1"}).text),
        "sentence",
    )


@pytest.mark.parametrize("path", ["/read/08NOWHERE1", "/read/08QUILL1/like/99"])
def test_what_is_missing_is_a_page_with_its_status(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404 and "This is not in the archive" in response.text
    assert client.get("/read/nonsense").status_code == 400


def test_the_reader_beside_an_answer_says_why_it_is_empty(client: TestClient) -> None:
    response = client.get("/read/08NOWHERE1", headers={"hx-request": "true"})
    assert response.status_code == 404 and "Not to be opened" in response.text and "<html" not in response.text


def test_a_wrong_filter_is_refused_on_the_page(client: TestClient) -> None:
    for path in ("/", "/browse", "/filters"):
        response = client.get(path, params={"post": "QUIL", "q": QUESTION})
        assert response.status_code == 400 and "QUILL" in response.text
    assert QUESTION.replace("'", "&#39;") in client.get("/", params={"post": "QUIL", "q": QUESTION}).text
    assert re.search("is not a day", client.get("/browse?date_from=soon").text)
    assert client.get("/browse?year=1066").status_code == 400
