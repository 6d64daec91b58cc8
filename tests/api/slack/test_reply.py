"""The message of an answer: streamed where the workspace has streams, updated elsewhere."""

import pytest

from api.slack.blocks import notice
from api.slack.ledger import Ledger, ledger_url
from api.slack.question import SlackQuestion
from api.slack.reply import SlackReply, post
from api.slack.web_api import web_client
from tests.api.slack.bots import LEASE, Bots
from tests.api.slack.fake_service import FakeService
from tests.api.slack.workspace import Workspace, refusing, shown

pytestmark = pytest.mark.anyio


async def test_sentences_stream(workspace: Workspace, service: FakeService, bots: Bots) -> None:
    workspace.streaming, service.sse, service.pause = True, True, 1.1
    service.sentences = ["The lamp burns again.", "Nobody <!channel> lit it."]
    async with bots.over_http() as url:
        body = workspace.mention("Does the lamp burn?")
        await workspace.deliver(url, body)
        (answer,) = await workspace.until_answered()
    started = workspace.called("chat.startStream")[0]
    assert (started["recipient_user_id"], started["recipient_team_id"]) == ("U1", "T1")
    assert started["thread_ts"] == body["event"]["ts"]
    streamed = shown({"blocks": answer["chunks"]})
    assert "The lamp burns again." in streamed and "Nobody &lt;!channel&gt; lit it." in streamed
    assert streamed.count("The lamp burns again.") == 1
    assert "Nobody &lt;!channel&gt; lit it. [PORT ZEPHYR 112 ¶2]" in shown(answer)
    assert answer["metadata"]["event_payload"]["event_id"] == body["event_id"]
    assert workspace.called("chat.postMessage") == []


async def test_without_streams_the_message_is_updated(workspace: Workspace, service: FakeService, bots: Bots) -> None:
    service.sse, service.pause = True, 1.1
    service.sentences = ["The lamp burns again.", "Nobody lit it."]
    async with bots.over_http() as url:
        await workspace.deliver(url, workspace.mention("Does the lamp burn?"))
        await workspace.until_answered()
        await workspace.deliver(url, workspace.mention("And now?"))
        await workspace.until_answered(2)
    updates = [shown(call) for call in workspace.called("chat.update")]
    assert "Reading 20 paragraphs" in updates[0]
    assert "The lamp burns again." in updates[1] and "Nobody lit it." not in updates[1]
    assert len(workspace.called("chat.startStream")) == 1  # asked once, not again


async def test_a_stream_that_slack_closed_still_ends_in_the_answer(
    workspace: Workspace, service: FakeService, bots: Bots
) -> None:
    workspace.streaming, service.sse, service.pause = True, True, 1.1
    workspace.scripts["chat.appendStream"] += [refusing("message_not_in_streaming_state")] * 9
    workspace.scripts["chat.stopStream"].append(refusing("message_not_in_streaming_state"))

    async with bots.over_http() as url:
        await workspace.deliver(url, workspace.mention("Does the lamp burn?"))
        (answer,) = await workspace.until_answered()
    assert "The lamp burns again. [PORT ZEPHYR 112 ¶2]" in shown(answer)


async def test_a_stream_left_open_by_a_process_that_died_is_closed_with_the_answer(
    workspace: Workspace, service: FakeService, bots: Bots
) -> None:
    workspace.streaming = True
    body = workspace.mention("Does the lamp burn?")
    ts = body["event"]["ts"]
    dead = Ledger(ledger_url(bots.settings), LEASE)
    assert dead.claim(SlackQuestion(body["event_id"], "T1", "C1", "U1", ts, ts, "Does the lamp burn?"))
    dead.close()
    workspace._posted({"channel": "C1", "thread_ts": ts, "text": "", "streaming": True})
    async with bots.over_http():
        await bots.until_finished(1)
    (answer,) = workspace.answers()
    assert "The lamp burns again." in shown(answer)


async def test_updates_come_no_closer_than_a_second(workspace: Workspace) -> None:
    question = SlackQuestion("Ev1", "T1", "C1", "U1", "1.0", "1.0", "Does the lamp burn?")
    client = web_client(f"{workspace.url}/api/", "xoxb-1")
    now = 100.0
    reply = SlackReply(client, question, await post(client, question, notice("…"), 0, "working"), now=lambda: now)
    await reply.show("Searching", [])
    now += 0.9
    await reply.show("Reading", [])
    now += 0.2
    await reply.show("Writing", ["The lamp burns."])
    assert [shown(call).split("\n")[-1] for call in workspace.called("chat.update")] == ["Searching", "Writing"]
