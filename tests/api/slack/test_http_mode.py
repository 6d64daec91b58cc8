"""The bot over HTTP: what Slack may send, and what it is told."""

import asyncio
import time

import httpx
import pytest

from tests.api.slack.conftest import Bots
from tests.api.slack.service import FakeService
from tests.api.slack.workspace import Json, Workspace, failing, refusing, shown

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
    assert service.asked[0][0]["messages"] == [{"role": "user", "content": "Does the lamp burn?"}]


async def test_only_slack_is_listened_to(workspace: Workspace, service: FakeService, bots: Bots) -> None:
    async with bots.over_http() as url:
        body = workspace.mention("Does the lamp burn?")
        forged = await workspace.deliver(url, body, secret="a guess")
        stale = await workspace.deliver(url, body, at=time.time() - 600)
        async with httpx.AsyncClient(trust_env=False) as http:
            unsigned = await http.post(f"{url}/slack/events", json=body)
        assert [forged.status_code, stale.status_code, unsigned.status_code] == [401, 401, 401]
        challenge = await workspace.deliver(url, {"type": "url_verification", "token": "t", "challenge": "abc"})
        assert (challenge.status_code, challenge.json()) == (200, {"challenge": "abc"})
        await asyncio.sleep(0.2)
    assert service.asked == [] and workspace.answers() == []


@pytest.mark.parametrize("mention_first", [True, False])
async def test_a_mention_and_its_twin_are_one_question(
    workspace: Workspace, service: FakeService, bots: Bots, mention_first: bool
) -> None:
    async with bots.over_http() as url:
        mention = workspace.mention("Does the lamp burn?")
        twin = workspace.event({**mention["event"], "type": "message", "channel_type": "channel"})
        for body in [mention, twin] if mention_first else [twin, mention]:
            assert (await workspace.deliver(url, body)).status_code == 200
        await workspace.until_answered()
        await asyncio.sleep(0.3)
    assert len(workspace.answers()) == len(service.asked) == 1


async def test_a_storm_of_retries_brings_one_answer(workspace: Workspace, service: FakeService, bots: Bots) -> None:
    service.pause = 0.3
    async with bots.over_http() as url:
        body = workspace.mention("Does the lamp burn?")
        told = await asyncio.gather(*(workspace.deliver(url, body) for _ in range(40)))
        assert {each.status_code for each in told} == {200}
        await workspace.until_answered()
        assert (await workspace.deliver(url, body)).status_code == 200  # an hour later, for all the bot knows
        await asyncio.sleep(0.3)
    assert len(workspace.answers()) == len(service.asked) == 1


async def test_what_is_not_for_the_bot(workspace: Workspace, service: FakeService, bots: Bots) -> None:
    async with bots.over_http() as url:
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
        await asyncio.sleep(0.3)
    assert service.asked == [] and workspace.answers() == []


async def test_a_thread_goes_on_without_a_mention(workspace: Workspace, service: FakeService, bots: Bots) -> None:
    async with bots.over_http() as url:
        first = workspace.mention("Does the lamp burn?")
        await workspace.deliver(url, first)
        await workspace.until_answered()
        thread = first["event"]["ts"]
        await workspace.deliver(url, workspace.write("<@U9> what do you say?", thread=thread))
        await workspace.deliver(url, workspace.write("Since &lt;when&gt; &amp; why?", thread=thread))
        await workspace.until_answered(2)
        await asyncio.sleep(0.2)
    assert len(service.asked) == 2
    turns = service.asked[1][0]["messages"]
    assert [each["role"] for each in turns] == ["user", "assistant", "user", "user"]
    assert turns[0]["content"] == "Does the lamp burn?"
    assert turns[1]["content"] == "The lamp burns again. [PORT ZEPHYR 112 ¶2]"
    assert turns[-1]["content"] == "Since <when> & why?"


async def test_two_mentions_in_one_thread_at_once(workspace: Workspace, service: FakeService, bots: Bots) -> None:
    service.pause = 0.2
    async with bots.over_http() as url:
        root = workspace.write("a discussion")["event"]["ts"]
        bodies = [workspace.mention(text, thread=root) for text in ("First?", "Second?")]
        await asyncio.gather(*(workspace.deliver(url, body) for body in bodies))
        answers = await workspace.until_answered(2)
    assert len(answers) == 2 and {each["thread_ts"] for each in answers} == {root}
    assert sorted(body["messages"][-1]["content"] for body, _ in service.asked) == ["First?", "Second?"]
    assert {each["metadata"]["event_payload"]["event_id"] for each in answers} == {each["event_id"] for each in bodies}


async def test_a_direct_message_and_an_empty_mention(workspace: Workspace, service: FakeService, bots: Bots) -> None:
    async with bots.over_http() as url:
        await workspace.deliver(url, workspace.write("Does the lamp burn?", channel="D1"))
        await workspace.until_answered(channel="D1")
        await workspace.deliver(url, workspace.mention(""))
        (help_text,) = await workspace.until_answered()
    assert len(service.asked) == 1
    assert "Ask me about the cables" in shown(help_text)


async def test_the_command(workspace: Workspace, service: FakeService, bots: Bots) -> None:
    async with bots.over_http() as url:
        response = await workspace.deliver_form(url, workspace.command("Does the lamp burn?"))
        assert (response.status_code, response.text) == (200, "")
        (answer,) = await workspace.until_answered()
        assert "thread_ts" not in answer
        assert "Asked: Does the lamp burn?" in shown(answer)
        await workspace.deliver(url, workspace.write("Since when?", thread=answer["ts"]))
        await workspace.until_answered(2)
    assert [body["messages"][-1]["content"] for body, _ in service.asked] == ["Does the lamp burn?", "Since when?"]


async def test_the_command_where_the_bot_may_not_write(workspace: Workspace, service: FakeService, bots: Bots) -> None:
    workspace.scripts["chat.postMessage"].append(refusing("not_in_channel"))
    async with bots.over_http() as url:
        await workspace.deliver_form(url, workspace.command("Does the lamp burn?"))
        await workspace.until(lambda: workspace.called("response_url"))
    assert "/invite" in workspace.called("response_url")[0]["text"]
    assert service.asked == []


@pytest.mark.parametrize("over_socket", [False, True])
async def test_acknowledged_at_once_under_load(
    workspace: Workspace, service: FakeService, bots: Bots, over_socket: bool
) -> None:
    service.pause = 1.0
    rounds = []
    for _ in range(3):  # the best of three: the machine may be busy with other things
        bodies = [workspace.mention(f"Question {number}?") for number in range(20)]
        spans = await (socket_spans if over_socket else http_spans)(workspace, bots, bodies)
        rounds.append(sorted(spans)[18])
    print(f"p95 to acknowledgement: {min(rounds) * 1000:.0f} ms")
    assert min(rounds) < 0.3


async def http_spans(workspace: Workspace, bots: Bots, bodies: list[Json]) -> list[float]:
    async with bots.over_http() as url:
        await workspace.deliver(url, workspace.write("to warm up"))

        async def timed(body: Json) -> float:
            began = time.monotonic()
            assert (await workspace.deliver(url, body)).status_code == 200
            return time.monotonic() - began

        return await asyncio.gather(*map(timed, bodies))


async def socket_spans(workspace: Workspace, bots: Bots, bodies: list[Json]) -> list[float]:
    async with bots.over_socket():
        await workspace.push(workspace.write("to warm up"))
        began = time.monotonic()
        envelopes = [await workspace.push(body) for body in bodies]
        await workspace.until(lambda: set(envelopes) <= set(workspace.acked))
        return [workspace.acked[each] - began for each in envelopes]


async def test_slack_is_asked_to_send_again_until_the_bot_knows_itself(
    workspace: Workspace, service: FakeService, bots: Bots
) -> None:
    workspace.scripts["auth.test"].append(failing(500))
    async with bots.over_http() as url:
        body = workspace.mention("Does the lamp burn?")
        assert (await workspace.deliver(url, body)).status_code == 500
        await workspace.until(lambda: len(workspace.called("auth.test")) == 2)
        await asyncio.sleep(0.1)
        assert (await workspace.deliver(url, body)).status_code == 200
        await workspace.until_answered()
    assert len(workspace.answers()) == 1
