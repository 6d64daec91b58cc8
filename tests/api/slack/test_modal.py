"""The modals: inert, and within Slack's limits."""

import json

from hypothesis import given
from hypothesis import strategies as st

from api.slack.modal import REASON, paragraph, reason_form, submitted_reason
from tests.api.slack.fake_service import CABLE, cable
from tests.api.slack.hostile import HOSTILE, assert_inert, every_text


def test_hostile_text_is_inert_in_a_modal() -> None:
    hostile = cable()
    hostile["subject"] = HOSTILE
    for item in hostile["paragraphs"]:
        item.update(text=HOSTILE, heading=HOSTILE, citation=HOSTILE)
    assert_inert(paragraph(hostile, f"{CABLE}#2", "http://reader"))


@given(st.text(max_size=4000), st.text(max_size=9000), st.integers(0, 60))
def test_the_form_carries_what_fits(question: str, answer: str, cited: int) -> None:
    keys = [f"{CABLE}#{at}" for at in range(cited)]
    feedback = {"question": question, "verdict": "down", "reason": None, "citations": keys, "answer": answer}
    carried = reason_form(feedback, {"channel": "C1", "thread": "1.2"})["private_metadata"]
    assert len(carried) <= 3000
    assert json.loads(carried)["place"] == {"channel": "C1", "thread": "1.2"}


def test_a_long_paragraph_fits_its_modal() -> None:
    long = cable()
    for item in long["paragraphs"]:
        item["text"] = "Words of a very long paragraph. " * 20_000
    view = paragraph(long, f"{CABLE}#2", "http://reader")
    assert len(view["blocks"]) <= 100
    assert max(len(text) for text in every_text(view)) <= 3000


def test_a_submitted_form_gives_feedback_and_place_back() -> None:
    feedback: dict[str, object] = {
        "question": "Lamp?",
        "verdict": "down",
        "reason": None,
        "citations": [],
        "answer": "It burns.",
    }
    place = {"channel": "C1", "thread": "1.2"}
    form = reason_form(feedback, place)
    values = {REASON: {REASON: {"type": "plain_text_input", "value": "Wrong lamp"}}}
    view = {**form, "state": {"values": values}}
    assert submitted_reason(view) == ({**feedback, "reason": "Wrong lamp"}, place)
