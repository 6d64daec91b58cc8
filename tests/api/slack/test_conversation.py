"""Threads as conversations."""

import pytest

from api.slack.conversation import metadata, own_messages, turns
from api.slack.ledger import Job
from api.slack.question import SlackQuestion
from api.slack.web_api import BotIdentity, web_client
from tests.api.slack.workspace import BOT_ID, Workspace, refusing

pytestmark = pytest.mark.anyio
IDENTITY = BotIdentity("T1", "UBOT", BOT_ID)


def reply(workspace: Workspace, thread: str | None, text: str, state: str | None = None, event: str = "Ev1") -> str:
    """The bot writes; the ts of its message."""
    message: dict[str, object] = {"channel": "C1", "thread_ts": thread, "text": text}
    if state:
        message["metadata"] = metadata(event, 0, state)
    return str(workspace._posted(message)["ts"])


def question_in(workspace: Workspace, thread: str | None) -> SlackQuestion:
    ts = workspace.write("And at night?", thread=thread)["event"]["ts"]
    return SlackQuestion("Ev2", "T1", "C1", "U1", ts, thread, "And at night?")


async def test_a_thread_is_a_conversation_of_people_and_finished_answers(workspace: Workspace) -> None:
    client = web_client(f"{workspace.url}/api/", "xoxb-1")
    thread = workspace.write("<@UBOT> Does the lamp burn?")["event"]["ts"]
    reply(workspace, thread, "It burns.", "done")
    reply(workspace, thread, "Searching the archive …", "working")
    question = question_in(workspace, thread)
    workspace.write("Later.", thread=thread)
    assert await turns(client, IDENTITY, question) == [
        {"role": "user", "content": "Does the lamp burn?"},
        {"role": "assistant", "content": "It burns."},
        {"role": "user", "content": "And at night?"},
    ]


async def test_without_the_thread_the_question_stands_alone(workspace: Workspace) -> None:
    client = web_client(f"{workspace.url}/api/", "xoxb-1")
    thread = workspace.write("Does the lamp burn?")["event"]["ts"]
    workspace.scripts["conversations.replies"].append(refusing("missing_scope"))
    assert await turns(client, IDENTITY, question_in(workspace, thread)) == [
        {"role": "user", "content": "And at night?"}
    ]


async def test_messages_of_an_interrupted_attempt_are_found_by_their_metadata(workspace: Workspace) -> None:
    client = web_client(f"{workspace.url}/api/", "xoxb-1")
    thread = workspace.write("Does the lamp burn?")["event"]["ts"]
    reply(workspace, thread, "It burns.", "done", event="Ev1")
    question = question_in(workspace, thread)
    working = reply(workspace, thread, "Searching …", "working", event="Ev2")
    assert await own_messages(client, IDENTITY, Job(question), set()) == {0: working}


async def test_an_open_stream_counts_unless_another_question_recorded_it(workspace: Workspace) -> None:
    client = web_client(f"{workspace.url}/api/", "xoxb-1")
    thread = workspace.write("Does the lamp burn?")["event"]["ts"]
    question = question_in(workspace, thread)
    stream = reply(workspace, thread, "")
    assert await own_messages(client, IDENTITY, Job(question), {stream}) == {}
    assert await own_messages(client, IDENTITY, Job(question), set()) == {0: stream}


async def test_outside_threads_the_channel_is_searched(workspace: Workspace) -> None:
    client = web_client(f"{workspace.url}/api/", "xoxb-1")
    question = question_in(workspace, None)
    working = reply(workspace, None, "Searching …", "working", event="Ev2")
    assert await own_messages(client, IDENTITY, Job(question), set()) == {0: working}
