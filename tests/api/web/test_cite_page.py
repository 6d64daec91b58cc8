"""Citations on the page: a panel with scripts, a page without, downloads, and answers copied with endnotes."""

import httpx
import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import expect

from api.web.asked import Asked
from api.web.history import state_of
from rag.domain.answer import Answer, Sentence
from tests.api.web.conftest import Visit, accessibility_faults, ask
from tests.api.web.elements import texts
from tests.api.web.small_service import QUESTION, client, prefixed, soup

__all__ = ["client", "prefixed"]

STYLES = ["Chicago, note", "Chicago, bibliography", "MLA, works cited", "BibTeX", "RIS", "CSL-JSON"]


def test_without_scripts_a_paragraph_is_cited_on_a_page(prefixed: TestClient) -> None:
    root = soup(prefixed.get("/archive/cite/08QUILL1/2").text)
    assert [each.text for each in root.select("h3")] == STYLES
    assert "Quill, “LAMP OIL AND ITS PRICE,” unclassified cable 08QUILL1, August 28, 2008, para. 2." in texts(root)
    assert root.select("h1 a")[0]["href"] == "/archive/read/08QUILL1#p2"
    files = [str(each["href"]) for each in root.select("[download]")]
    assert files == [f"/archive/cite/08QUILL1/2?download={style}" for style in ("bibtex", "ris", "csl-json")]


@pytest.mark.parametrize(
    ("download", "name", "media_type", "start"),
    [
        ("bibtex", "08QUILL1-2.bib", "application/x-bibtex", "@misc{08QUILL1-2,"),
        ("ris", "08QUILL1-2.ris", "application/x-research-info-systems", "TY  - RPRT\r\n"),
        ("csl-json", "08QUILL1-2.json", "application/vnd.citationstyles.csl+json", "[\n"),
    ],
)
def test_reference_managers_get_files(
    client: TestClient, download: str, name: str, media_type: str, start: str
) -> None:
    response = client.get("/cite/08QUILL1/2", params={"download": download})
    assert response.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert response.headers["content-type"].partition(";")[0] == media_type and response.text.startswith(start)


def test_what_is_not_there_is_not_cited(client: TestClient) -> None:
    assert [client.get(f"/cite/{path}").status_code for path in ("08NOWHERE1", "08QUILL1/9", "nonsense")] == [
        404,
        404,
        400,
    ]
    assert client.get("/cite/08QUILL1?download=exe").status_code == 422


def test_an_answer_is_copied_with_notes_that_stand_alone(client: TestClient) -> None:
    answer = Answer(QUESTION, "extractive", (Sentence("Hidden.", ("08QUILL1#1", "08NOWHERE1#1")),))
    response = client.post("/endnotes", data={"turn": state_of(Asked(QUESTION), answer)})
    assert response.headers["content-type"].startswith("text/plain")
    assert response.text.splitlines()[2:] == [
        "Hidden.[1]",
        "",
        "1. Quill, “LAMP OIL AND ITS PRICE,” confidential cable 08QUILL1, August 28, 2008, para. 1.",
    ]
    assert client.post("/endnotes", data={"turn": "nonsense"}).status_code == 400


def test_the_page_of_a_cable_has_metadata_for_reference_managers(client: TestClient) -> None:
    root = soup(client.get("/read/08QUILL1").text)
    named = {str(each["name"]): str(each["content"]) for each in root.select("head meta[name]")}
    assert named["citation_title"] == named["DC.title"] == "LAMP OIL AND ITS PRICE"
    assert (named["citation_publication_date"], named["DC.identifier"]) == ("2008/08/28", "08QUILL1")


@pytest.mark.parametrize(("width", "scheme"), [(1400, "light"), (390, "dark")])
def test_a_citation_opens_in_a_panel(visit: Visit, width: int, scheme: str) -> None:
    visit.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    visit.page.set_viewport_size({"width": width, "height": 844})
    visit.page.goto(visit.url)
    ask(visit, "Whose idea was it to switch the Gannet Rock light back on?")
    button = visit.page.locator(".answer .cite").first
    cited = button.get_attribute("data-cites")
    button.click()
    panel = visit.page.get_by_role("dialog", name=f"Cite {cited}")
    expect(panel.get_by_role("heading", level=3)).to_have_text(STYLES)
    assert accessibility_faults(visit) == []
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    visit.save_screenshot(f"cite-{scheme}-{width}")
    panel.get_by_role("button", name="Copy Chicago, note").click()
    expect(panel.get_by_role("status")).to_have_text("Copied.")
    assert "U.S. Embassy Quillhaven, “" in visit.page.evaluate("navigator.clipboard.readText()")
    with visit.page.expect_download() as download:
        panel.get_by_role("link", name="Download BibTeX").click()
    assert download.value.suggested_filename.endswith(".bib")
    visit.page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(button).to_be_focused()


def test_copy_gives_endnotes(visit: Visit) -> None:
    visit.page.goto(visit.url)
    ask(visit, "Whose idea was it to switch the Gannet Rock light back on?")
    visit.page.get_by_role("button", name="Copy", exact=True).click()
    expect(visit.page.locator("body > .announcements")).to_have_text("Copied.")
    copied = visit.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Whose idea") and "[1]" in copied and "\n1. U.S. Embassy Quillhaven, “" in copied


def test_a_cable_and_its_paragraphs_are_cited_where_they_are_read(visit: Visit) -> None:
    visit.page.goto(f"{visit.url}/read/08OSTERMERE71#p5")
    for name in ("Cite OSTERMERE 71 ¶5", "Cite OSTERMERE 71"):
        link = visit.page.get_by_role("link", name=name, exact=True)
        link.click()
        panel = visit.page.get_by_role("dialog", name=name, exact=True)
        expect(panel).to_contain_text("08OSTERMERE71")
        panel.get_by_role("button", name="Close").click()
        expect(panel).to_be_hidden()
        assert httpx.get(f"{visit.url}{link.get_attribute('href')}").status_code == 200
