"""An answer as it comes."""

from fastapi.testclient import TestClient

from api.web.turn_events import status_text
from rag.domain.events import Status
from tests.api.web.small_service import QUESTION, client

__all__ = ["client"]


def test_the_question_comes_first_and_the_whole_answer_last(client: TestClient) -> None:
    response = client.post("/ask", data={"q": QUESTION})
    assert response.headers["content-type"].startswith("text/event-stream")
    parts = [part for part in response.text.split("\n\n") if part.startswith("data:")]
    assert "data-awaited" in parts[0] and "Who hid eleven barrels" in parts[0]
    assert 'hx-target="#status-' in parts[1] and "Searching" in parts[1]
    assert any('hx-swap="beforeend"' in part for part in parts)
    assert 'hx-swap="outerHTML"' in parts[-1] and "data-state" in parts[-1]


def test_a_failure_is_the_last_part(client: TestClient) -> None:
    parts = client.post("/ask", data={"q": "x" * 5000}).text
    assert "the most is 4,000" in parts and 'role="alert"' in parts
    assert "The question is empty" in client.post("/ask", data={"q": " "}).text


def test_a_stage_is_told_in_words() -> None:
    assert status_text(Status("reading", 8)) == "Reading 8 paragraphs …"
    assert status_text(Status("writing")) == "Writing …"
