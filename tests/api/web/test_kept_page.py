"""Answers kept on the page, without scripts and in a browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import expect

from rag.archive import Archive
from rag.catalog.keys import Keys
from rag.domain.access import Clearance
from rag.domain.marking import Level
from rag.settings import Settings
from tests.api.clients import client_of
from tests.api.small_archive import HIDDEN_OIL, small_store
from tests.api.web.conftest import Visit, accessibility_faults, ask
from tests.api.web.elements import of_class, texts
from tests.api.web.small_service import QUESTION, client, prefixed, soup
from tests.rag.samples import make_cable

__all__ = ["client", "prefixed"]

WHEAT = "What did Bettina Krale say about the wheat duty?"


def sealed(client: TestClient, root: str = "") -> str:
    """The answer as the form of the page holds it."""
    page = soup(client.get(f"{root}/", params={"q": QUESTION}).text)
    return str(page.select("input[name=sealed]")[0]["value"])


def keep(client: TestClient, root: str = "") -> str:
    """Keep the answer; returns the path of its page."""
    response = client.post(f"{root}/keep", data={"sealed": sealed(client, root)}, follow_redirects=False)
    assert response.status_code == 303
    return response.headers["location"]


def test_without_scripts_an_answer_is_kept_noted_on_asked_again_and_deleted(prefixed: TestClient) -> None:
    path = keep(prefixed, "/archive")
    assert path.startswith("/archive/kept/")
    page = soup(prefixed.get(path).text)
    assert texts(page.h1) == [QUESTION] and HIDDEN_OIL in page.text  # type: ignore[arg-type] # there is one
    assert of_class(page, "pill")[0]["href"].startswith("/archive/read/08QUILL1?mark=")  # type: ignore[union-attr]
    forms = {str(form["action"]).rpartition("/")[2]: form for form in page.select("main form")}
    assert set(forms) == {"again", "delete", "note"}
    noted = soup(prefixed.post(str(forms["note"]["action"]), data={"note": "for <b>chapter 3"}).text)
    assert noted.select("textarea")[0].text.strip() == "for <b>chapter 3" and not noted.select("main b")
    again = soup(prefixed.post(str(forms["again"]["action"])).text)
    assert "The answer is the same" in again.select("#again")[0].text
    saved = prefixed.post(str(forms["delete"]["action"]))
    assert saved.url.path == "/archive/saved" and QUESTION not in saved.text
    gone = prefixed.get(path)
    assert gone.status_code == 404 and "There is no kept answer" in gone.text


def test_an_answer_is_saved_as_one_file(client: TestClient) -> None:
    response = client.post("/save", data={"sealed": sealed(client)})
    name = "who-hid-eleven-barrels-of-lamp-oil-from-the-customs-officers.html"
    assert response.headers["content-disposition"] == f'attachment; filename="{name}"'
    file = soup(response.text)
    assert HIDDEN_OIL in file.text and not file.select("script") and "/answers/" not in response.text


def test_nobody_keeps_what_was_not_answered(client: TestClient) -> None:
    for path in ("/keep", "/save"):
        refused = client.post(path, data={"sealed": sealed(client)[:-9] + "AAAAAAAA="})
        assert refused.status_code == 400 and "no answer that was given here to you" in refused.text
    told = client.post("/keep", data={}, headers={"hx-request": "true"})
    assert told.status_code == 400 and told.json()["detail"].startswith("this is no answer")


def test_a_form_of_another_site_keeps_nothing(client: TestClient) -> None:
    sent = client.post("/keep", data={"sealed": sealed(client)}, headers={"origin": "https://elsewhere.example"})
    assert sent.status_code == 400 and "another site" in sent.text


@pytest.fixture
def keyed(tmp_path: Path) -> Iterator[tuple[TestClient, list[str], Path]]:
    """A service with three keys: two that see all, one that sees little."""
    store = small_store(tmp_path / "store")
    with Archive(Settings(store=store)) as archive:
        keys = Keys(archive.catalog)
        tokens = [keys.add(name, Clearance(level)) for name, level in (("a", Level.S), ("b", Level.S), ("c", Level.U))]
    with client_of(Settings(store=store)) as client:
        yield client, tokens, store


def test_an_answer_is_of_the_key_that_kept_it(keyed: tuple[TestClient, list[str], Path]) -> None:
    client, (first, *others), _ = keyed
    client.cookies.set("cables_key", first)
    path, carried = keep(client), sealed(client)
    assert "All of its" in client.get(path).text or "Its source is as it was." in client.get(path).text
    for other in others:
        client.cookies.set("cables_key", other)
        assert client.get(path).status_code == 404 and HIDDEN_OIL not in client.get(path).text
        assert client.post(f"{path}/delete").status_code == client.post(f"{path}/again").status_code == 404
        assert client.post("/keep", data={"sealed": carried}).status_code == 400, "sealed for another reader"
        assert QUESTION not in client.get("/saved").text
    client.cookies.delete("cables_key")
    asked = client.get(path)
    assert asked.status_code == 401 and soup(asked.text).select("input[name=back]")[0]["value"] == path


def test_what_changed_meanwhile_is_told_and_not_kept_as_if_it_had_not(tmp_path: Path) -> None:
    with client_of(Settings(store=small_store(tmp_path / "store"))) as client:
        path, carried = keep(client), sealed(client)
        archive = client.app.state.archive  # type: ignore[attr-defined] # FastAPI's
        archive.catalog.put(make_cable("08QUILL1", "The harbour master hid nothing."))
        page = soup(client.get(path).text)
        assert "changed since" in of_class(page, "standing")[0].text and HIDDEN_OIL in page.text
        refused = client.post("/keep", data={"sealed": carried})
        assert refused.status_code == 400 and "changed or withdrawn since" in refused.text


@pytest.mark.parametrize(("width", "scheme"), [(1360, "light"), (390, "dark")])
def test_a_reader_keeps_an_answer_and_opens_it_later(visit: Visit, width: int, scheme: str) -> None:
    visit.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    visit.page.set_viewport_size({"width": width, "height": 844})
    visit.page.goto(visit.url)
    ask(visit, WHEAT)
    visit.page.reload()  # the answer that the browser remembers can be kept as well
    visit.page.get_by_role("button", name="Keep", exact=True).click()
    visit.page.get_by_role("link", name="open it").click()
    expect(visit.page.locator(".standing")).to_have_text("All of its 2 sources are as they were.")
    address = visit.page.url
    visit.page.get_by_label("Note").fill("for chapter 3")
    visit.page.get_by_role("button", name="Save the note").click()
    visit.page.get_by_role("button", name="Ask again and compare").click()
    expect(visit.page.locator("#again")).to_contain_text("The answer is the same")
    assert visit.page.url == address
    assert accessibility_faults(visit) == []
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    visit.save_screenshot(f"kept-{scheme}-{width}")
    with visit.page.expect_download() as download:
        visit.page.get_by_role("link", name="Save as file").click()
    assert "wheat duty" in download.value.path().read_text()
    visit.page.get_by_role("link", name="Saved").first.click()
    expect(visit.page.get_by_label(f"Note on {WHEAT}").first).to_have_value("for chapter 3")
    assert accessibility_faults(visit) == []
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    visit.save_screenshot(f"saved-{scheme}-{width}")
    visit.page.get_by_label(f"Delete the answer to {WHEAT}").first.click()
    visit.page.get_by_role("button", name="Delete for good").first.click()
    expect(visit.page.get_by_text("Press Keep below")).to_be_visible()
