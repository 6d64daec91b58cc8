"""The list of what was saved and kept."""

from pathlib import Path

from fastapi.testclient import TestClient

from rag.catalog.kept_answers import KeptAnswers
from rag.settings import Settings
from tests.api.clients import client_of
from tests.api.small_archive import small_store
from tests.api.web.small_service import client, soup
from tests.rag.kept import ASKED, answer_of

__all__ = ["client"]


def test_an_empty_list_says_how_it_is_filled(client: TestClient) -> None:
    page = soup(client.get("/saved").text)
    assert [each.text for each in page.select(".found a")] == ["Look for words on Browse", "an answer"]
    assert page.select("nav a[aria-current]")[0].text == "Saved"
    refused = client.get("/saved", params={"cursor": "x"})
    assert refused.status_code == 400 and "Not a cursor" in refused.text


def test_answers_come_in_pages_with_notes_that_are_changed_there(tmp_path: Path) -> None:
    with client_of(Settings(store=small_store(tmp_path / "store"))) as client:
        kept = KeptAnswers(client.app.state.archive.catalog)  # type: ignore[attr-defined] # FastAPI's
        for number in range(51):
            kept.keep(answer_of(question=f"Number <{number}>?"), ASKED)
        first = soup(client.get("/saved").text)
        names = [each.text for each in first.select(".saved-name")]
        assert names[:2] == ["Number <50>?", "Number <49>?"] and len(names) == 50
        (more,) = first.select("nav.more a")
        second = soup(client.get(str(more["href"])).text)
        assert [each.text for each in second.select(".saved-name")] == ["Number <0>?"]
        form = first.select("form.note")[0]
        sent = {"listed": "1", "note": "for chapter 3"}
        changed = soup(client.post(str(form["action"]), data=sent).text)
        assert changed.select("input[name=note]")[0]["value"] == "for chapter 3"
