"""The whole bot: one answer to each question, whatever Slack delivers and whoever restarts."""

import asyncio

import pytest

from api.slack.bot import Limits
from api.slack.ledger import Ledger, ledger_url
from api.slack.question import SlackQuestion
from tests.api.slack.bots import LEASE, Bots
from tests.api.slack.fake_service import FakeService
from tests.api.slack.workspace import Workspace, refusing, shown

pytestmark = pytest.mark.anyio


async def test_a_mention_is_answered_in_one_message(workspace: Workspace, service: FakeService, bots: Bots) -> None:
    async with bots.over_http() as url:
        body = workspace.mention("Does the lamp burn?")
        assert (await workspace.deliver(url, body)).status_code == 200
        (answer,) = await workspace.until_answered()
    assert answer["thread_ts"] == body["event"]["ts"]
    assert "The lamp burns again. [PORT ZEPHYR 112 ¶2]" in shown(answer)
    assert "PORT ZEPHYR 112 ¶2 · 2007-03-04 · THE LAMP · (C)" in shown(answer)
    assert answer["text"].startswith("The lamp burns again.")
    first = workspace.called("chat.postMessage")[0]
    assert first["metadata"]["event_payload"]["event_id"] == body["event_id"]
    assert "Searching" in shown(first)
    assert service.questions[0][0]["messages"] == [{"role": "user", "content": "Does the lamp burn?"}]


@pytest.mark.parametrize("mention_first", [True, False])
async def test_a_mention_and_its_message_are_one_question(
    workspace: Workspace, service: FakeService, bots: Bots, mention_first: bool
) -> None:
    async with bots.over_http() as url:
        mention = workspace.mention("Does the lamp burn?")
        message = workspace.event({**mention["event"], "type": "message", "channel_type": "channel"})
        for body in [mention, message] if mention_first else [message, mention]:
            assert (await workspace.deliver(url, body)).status_code == 200
        await bots.until_finished(1)
    assert len(workspace.answers()) == len(service.questions) == 1


async def test_repeated_deliveries_bring_one_answer(workspace: Workspace, service: FakeService, bots: Bots) -> None:
    service.released.clear()
    async with bots.over_http() as url:
        body = workspace.mention("Does the lamp burn?")
        responses = await asyncio.gather(*(workspace.deliver(url, body) for _ in range(40)))
        assert {response.status_code for response in responses} == {200}
        service.released.set()
        await workspace.until_answered()
        assert (await workspace.deliver(url, body)).status_code == 200  # and once more after the answer
        await bots.until_finished(1)
    assert len(workspace.answers()) == len(service.questions) == 1


async def test_events_that_are_no_questions_are_ignored(workspace: Workspace, service: FakeService, bots: Bots) -> None:
    async with bots.over_http(Limits(workers=1)) as url:
        said = workspace.write("just talking")
        thread = workspace.write("in a thread of others", thread=said["event"]["ts"])
        mention = workspace.mention("a question")["event"]
        bodies = [
            said,
            thread,
            workspace.event({**mention, "user": "UBOT", "bot_id": "BBOT"}),
            workspace.event({**mention, "user": "U7", "bot_id": "BOTHER"}),
            workspace.event({**mention, "edited": {"user": "U1", "ts": "2"}}),
            workspace.event({**mention, "type": "message", "subtype": "message_changed", "message": mention}),
            workspace.event({**mention, "type": "message", "subtype": "channel_join"}),
            workspace.event({**mention, "type": "message", "subtype": "bot_message", "bot_id": "BOTHER"}),
            workspace.event({"type": "reaction_added", "user": "U1", "item": {}, "reaction": "eyes"}),
        ]
        for body in bodies:
            assert (await workspace.deliver(url, body)).status_code == 200
        await workspace.deliver(url, workspace.mention("The last of all?"))  # answered after all before it
        await bots.until_finished(1)
    assert [body["messages"][-1]["content"] for body, _ in service.questions] == ["The last of all?"]
    assert len(workspace.answers()) == 1


async def test_a_thread_continues_without_a_mention(workspace: Workspace, service: FakeService, bots: Bots) -> None:
    async with bots.over_http() as url:
        first = workspace.mention("Does the lamp burn?")
        await workspace.deliver(url, first)
        await workspace.until_answered()
        thread = first["event"]["ts"]
        await workspace.deliver(url, workspace.write("<@U9> what do you say?", thread=thread))
        await workspace.deliver(url, workspace.write("Since &lt;when&gt; &amp; why?", thread=thread))
        await workspace.until_answered(2)
        await bots.until_finished(2)
    assert len(service.questions) == 2
    turns = service.questions[1][0]["messages"]
    assert [turn["role"] for turn in turns] == ["user", "assistant", "user", "user"]
    assert turns[0]["content"] == "Does the lamp burn?"
    assert turns[1]["content"] == "The lamp burns again. [PORT ZEPHYR 112 ¶2]"
    assert turns[-1]["content"] == "Since <when> & why?"


async def test_two_mentions_in_one_thread_at_once(workspace: Workspace, service: FakeService, bots: Bots) -> None:
    service.released.clear()
    async with bots.over_http() as url:
        root = workspace.write("a discussion")["event"]["ts"]
        bodies = [workspace.mention(text, thread=root) for text in ("First?", "Second?")]
        await asyncio.gather(*(workspace.deliver(url, body) for body in bodies))
        await workspace.until(lambda: service.at_once == 2)
        service.released.set()
        answers = await workspace.until_answered(2)
    assert len(answers) == 2 and {answer["thread_ts"] for answer in answers} == {root}
    assert sorted(body["messages"][-1]["content"] for body, _ in service.questions) == ["First?", "Second?"]
    assert {answer["metadata"]["event_payload"]["event_id"] for answer in answers} == {
        body["event_id"] for body in bodies
    }


async def test_a_direct_message_is_answered_and_an_empty_mention_gets_help(
    workspace: Workspace, service: FakeService, bots: Bots
) -> None:
    async with bots.over_http() as url:
        await workspace.deliver(url, workspace.write("Does the lamp burn?", channel="D1"))
        await workspace.until_answered(channel="D1")
        await workspace.deliver(url, workspace.mention(""))
        (help_text,) = await workspace.until_answered()
    assert len(service.questions) == 1
    assert "Ask me about the cables" in shown(help_text)


async def test_a_command_is_answered_and_its_thread_continues(
    workspace: Workspace, service: FakeService, bots: Bots
) -> None:
    async with bots.over_http() as url:
        response = await workspace.deliver_form(url, workspace.command("Does the lamp burn?"))
        assert (response.status_code, response.text) == (200, "")
        (answer,) = await workspace.until_answered()
        assert "thread_ts" not in answer
        assert "Asked: Does the lamp burn?" in shown(answer)
        await workspace.deliver(url, workspace.write("Since when?", thread=answer["ts"]))
        await workspace.until_answered(2)
    assert [body["messages"][-1]["content"] for body, _ in service.questions] == ["Does the lamp burn?", "Since when?"]


async def test_the_command_where_the_bot_may_not_write(workspace: Workspace, service: FakeService, bots: Bots) -> None:
    workspace.scripts["chat.postMessage"].append(refusing("not_in_channel"))
    async with bots.over_http() as url:
        await workspace.deliver_form(url, workspace.command("Does the lamp burn?"))
        await workspace.until(lambda: workspace.called("response_url"))
    assert "/invite" in workspace.called("response_url")[0]["text"]
    assert service.questions == []


async def test_questions_beyond_the_queue_are_turned_away(
    workspace: Workspace, service: FakeService, bots: Bots
) -> None:
    service.released.clear()
    async with bots.over_http(Limits(waiting=2, workers=2)) as url:
        first = workspace.mention("Question 0?")
        await workspace.deliver(url, first)
        await workspace.until(lambda: service.at_once)
        for number in range(1, 9):
            assert (await workspace.deliver(url, workspace.mention(f"Question {number}?"))).status_code == 200
        service.released.set()
        await bots.until_finished(9)
        await workspace.until(lambda: len(workspace.answers()) == 9)
    busy = [answer for answer in workspace.answers() if "I am busy" in shown(answer)]
    assert len(busy) == 9 - len(service.questions) >= 4
    assert service.most_at_once <= 2


@pytest.mark.parametrize("posted", [False, True])
async def test_a_question_left_by_a_process_that_died_is_answered_once(
    workspace: Workspace, service: FakeService, bots: Bots, posted: bool
) -> None:
    body = workspace.mention("Does the lamp burn?")
    event = body["event"]
    question = SlackQuestion(body["event_id"], "T1", "C1", "U1", event["ts"], event["ts"], "Does the lamp burn?")
    dead = Ledger(ledger_url(bots.settings), LEASE)
    assert dead.claim(question)
    dead.close()
    if posted:
        payload = {"event_id": question.id, "part": 0, "state": "working"}
        metadata = {"event_type": "cables_answer", "event_payload": payload}
        workspace._posted({"channel": "C1", "thread_ts": event["ts"], "text": "Searching", "metadata": metadata})
    async with bots.over_http() as url:
        assert (await workspace.deliver(url, body)).status_code == 200  # Slack delivers it again, too
        await bots.until_finished(1)
    (answer,) = workspace.answers()
    assert "The lamp burns again." in shown(answer)
    assert len(workspace.called("chat.postMessage")) == (not posted)


async def test_a_restart_leaves_its_questions_to_the_next_process(
    workspace: Workspace, service: FakeService, bots: Bots
) -> None:
    service.released.clear()
    async with bots.over_http(lease=600) as url:
        await workspace.deliver(url, workspace.mention("Does the lamp burn?"))
        await workspace.until(lambda: service.at_once)
    service.released.set()
    async with bots.over_http(lease=600):  # finds the question deferred, long before its lease runs out
        (answer,) = await workspace.until_answered()
    assert "The lamp burns again." in shown(answer)


async def test_two_bots_on_one_catalog_answer_once(workspace: Workspace, service: FakeService, bots: Bots) -> None:
    service.released.clear()
    async with bots.over_http() as one, bots.over_http() as other:
        body = workspace.mention("Does the lamp burn?")
        await asyncio.gather(workspace.deliver(one, body), workspace.deliver(other, body))
        await workspace.until(lambda: service.at_once)
        await bots.until_lease_renewed()  # that alone keeps the other bot away
        service.released.set()
        await bots.until_finished(1)
    assert len(workspace.answers()) == len(service.questions) == 1
