"""What a reader says of an answer."""

from fastapi.testclient import TestClient

from api.web.asked import Asked
from api.web.history import state_of
from tests.api.web.answers import ANSWER
from tests.api.web.small_service import client, soup

__all__ = ["client"]

TURN = state_of(Asked("What was [gone]?"), ANSWER)


def test_a_verdict_is_asked_why_and_then_stored(client: TestClient) -> None:
    asked = client.post("/verdict", data={"turn": TURN, "verdict": "down"})
    assert "What was wrong?" in asked.text and "<html" in asked.text
    form = soup(asked.text).select_one("form.why")
    assert form is not None
    sent = {str(field["name"]): str(field.get("value", "")) for field in form.select("input")}
    stored = client.post("/verdict", data=sent, headers={"hx-request": "true"})
    assert "Thank you: noted." in stored.text and "<html" not in stored.text


def test_an_answer_that_cannot_be_read_is_not_judged(client: TestClient) -> None:
    refused = client.post("/verdict", data={"turn": "{", "verdict": "up", "given": "true"})
    assert refused.status_code == 400 and "This answer cannot be read" in refused.text
