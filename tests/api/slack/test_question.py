"""Questions in what Slack sends."""

from typing import Any

import pytest

from api.slack.question import question_of_command, question_of_event

EVENT = {"type": "message", "user": "U1", "text": "Does the lamp burn?", "ts": "2.0", "channel": "C1"}


def body(**changes: Any) -> dict[str, Any]:
    return {"event_id": "Ev1", "team_id": "T1", "event": EVENT | changes}


def test_a_mention_is_a_question_in_a_thread_of_its_own() -> None:
    question = question_of_event(body(type="app_mention", text="<@UBOT> Does the lamp burn?"), "UBOT")
    assert question is not None
    assert (question.id, question.team, question.channel, question.user) == ("Ev1", "T1", "C1", "U1")
    assert (question.text, question.thread, question.addressed) == ("Does the lamp burn?", "2.0", True)


def test_a_message_in_a_thread_is_a_question_without_being_addressed() -> None:
    question = question_of_event(body(thread_ts="1.0"), "UBOT")
    assert question is not None
    assert (question.thread, question.addressed) == ("1.0", False)


def test_a_direct_message_is_addressed() -> None:
    question = question_of_event(body(channel="D1", channel_type="im"), "UBOT")
    assert question is not None and question.addressed


@pytest.mark.parametrize(
    "changes",
    [
        {},  # in a channel, outside threads
        {"user": None},
        {"user": "UBOT", "thread_ts": "1.0"},
        {"user": "USLACKBOT", "channel_type": "im"},
        {"bot_id": "B2", "thread_ts": "1.0"},
        {"edited": {"ts": "3.0"}, "thread_ts": "1.0"},
        {"hidden": True, "thread_ts": "1.0"},
        {"subtype": "channel_join", "thread_ts": "1.0"},
        {"text": "<@U2> and you?", "thread_ts": "1.0"},
        {"text": " ", "thread_ts": "1.0"},
    ],
)
def test_other_events_are_no_questions(changes: dict[str, Any]) -> None:
    assert question_of_event(body(**changes), "UBOT") is None


def test_a_command_is_a_question_outside_threads() -> None:
    command = {"trigger_id": "7", "team_id": "T1", "channel_id": "C1", "user_id": "U1", "text": "Lamp?"}
    question = question_of_command(command, "UBOT")
    assert (question.id, question.ts, question.thread) == ("command-7", "command-7", None)
    assert question.addressed and question.text == "Lamp?"
