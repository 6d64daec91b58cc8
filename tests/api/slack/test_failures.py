"""Slack or the service failing at every point: one answer, or one friendly line."""

import asyncio
import re
from itertools import pairwise

import pytest
from aiohttp import web

from api.slack.bot import Limits
from api.slack.ledger import Ledger, ledger_url
from api.slack.question import Question
from tests.api.slack.conftest import LEASE, Bots
from tests.api.slack.service import FakeService
from tests.api.slack.workspace import Json, Workspace, failing, refusing, shown

pytestmark = pytest.mark.anyio


async def test_retry_after_is_honoured(workspace: Workspace, service: FakeService, bots: Bots) -> None:
    limited = {"Retry-After": "1"}
    workspace.scripts["chat.postMessage"].append(failing(429, **limited))
    workspace.scripts["chat.update"] += [failing(429, **limited), failing(429, **limited)]
    async with bots.over_http() as url:
        await workspace.deliver(url, workspace.mention("Does the lamp burn?"))
        await workspace.until_answered()
    for method in ("chat.postMessage", "chat.update"):
        times = [at for name, _, at in workspace.calls if name == method]
        assert all(later - earlier >= 1.0 for earlier, later in pairwise(times))
    assert len(workspace.answers()) == 1


async def test_slack_down_in_mid_answer(workspace: Workspace, service: FakeService, bots: Bots) -> None:
    workspace.scripts["chat.update"] += [failing(500), failing(503)]
    async with bots.over_http() as url:
        await workspace.deliver(url, workspace.mention("Does the lamp burn?"))
        (answer,) = await workspace.until_answered()
    assert "The lamp burns again." in shown(answer)


async def test_a_message_posted_although_the_call_failed(
    workspace: Workspace, service: FakeService, bots: Bots
) -> None:
    async def posted_all_the_same(arguments: Json) -> web.Response:
        workspace._posted(arguments)
        return web.Response(status=500, text="<html>")

    workspace.scripts["chat.postMessage"].append(posted_all_the_same)
    async with bots.over_http() as url:
        await workspace.deliver(url, workspace.mention("Does the lamp burn?"))
        (answer,) = await workspace.until_answered()
    assert "The lamp burns again." in shown(answer)


async def test_an_answer_deleted_in_slack_is_left_alone(workspace: Workspace, service: FakeService, bots: Bots) -> None:
    async def deleted(_arguments: Json) -> None:
        workspace.messages.clear()

    workspace.scripts["chat.update"].append(deleted)
    async with bots.over_http() as url:
        await workspace.deliver(url, workspace.mention("Does the lamp burn?"))
        await workspace.until(lambda: workspace.called("chat.update"))
        await asyncio.sleep(3 * LEASE)
    assert workspace.answers() == []


async def test_a_message_too_long_for_slack_after_all(workspace: Workspace, service: FakeService, bots: Bots) -> None:
    workspace.scripts["chat.update"].append(refusing("msg_too_long"))
    async with bots.over_http() as url:
        await workspace.deliver(url, workspace.mention("Does the lamp burn?"))
        (answer,) = await workspace.until_answered()
    assert "The lamp burns again." in shown(answer)


async def test_long_answers_are_split(workspace: Workspace, service: FakeService, bots: Bots) -> None:
    service.sentences = [f"Sentence {number} says: {'word ' * 90}end." for number in range(60)]
    async with bots.over_http() as url:
        await workspace.deliver(url, workspace.mention("Tell me all."))
        await workspace.until(lambda: any("Good answer" in shown(each) for each in workspace.answers()))
    answers = workspace.answers()
    assert len(answers) > 2
    together = " ".join(shown(each) for each in answers)
    assert [f"Sentence {number} says" in together for number in range(60)] == [True] * 60
    parts = [each["metadata"]["event_payload"]["part"] for each in answers]
    assert parts == list(range(len(answers)))


async def test_the_service_is_down(workspace: Workspace, service: FakeService, bots: Bots) -> None:
    async with bots.over_http(url="http://127.0.0.1:9") as url:
        body = workspace.mention("Does the lamp burn?")
        await workspace.deliver(url, body)
        await workspace.until(lambda: any("does not answer" in shown(each) for each in workspace.answers()), 15)
    (answer,) = workspace.answers()
    assert re.search(r"Please ask again in a minute\. \(request [0-9a-f]{12}\)", shown(answer))


@pytest.mark.parametrize(
    ("problems", "words"),
    [
        ([(500, "a secret of the machine")] * 2, "does not answer just now"),
        ([(401, "no such key")], "look at CABLES_KEY"),
        ([(400, "the question has 9,999 characters")], "I cannot answer that: the question has 9,999 characters"),
        ([(503, "busy"), (429, "slow down")], "The lamp burns again."),
    ],
)
async def test_what_the_service_says(
    workspace: Workspace, service: FakeService, bots: Bots, problems: list[tuple[int, str]], words: str
) -> None:
    service.problems = problems
    async with bots.over_http() as url:
        await workspace.deliver(url, workspace.mention("Does the lamp burn?"))
        (answer,) = await workspace.until_answered()
    assert words in shown(answer) and "secret" not in shown(answer)
    if "(request " in shown(answer):
        sent = service.asked[-1][1]["X-Request-ID"]
        assert f"(request {sent})" in shown(answer)


async def test_an_answer_that_breaks_off_is_asked_again(workspace: Workspace, service: FakeService, bots: Bots) -> None:
    service.sse, service.cut = True, 1
    async with bots.over_http() as url:
        await workspace.deliver(url, workspace.mention("Does the lamp burn?"))
        (answer,) = await workspace.until_answered()
    assert "The lamp burns again." in shown(answer) and len(service.asked) == 2


async def test_too_many_questions(workspace: Workspace, service: FakeService, bots: Bots) -> None:
    service.pause = 2  # all are there before the first is done
    async with bots.over_http(Limits(room=2, workers=2)) as url:
        first = workspace.mention("Question 0?")
        await workspace.deliver(url, first)
        await workspace.until(lambda: service.at_once)
        for number in range(1, 9):
            assert (await workspace.deliver(url, workspace.mention(f"Question {number}?"))).status_code == 200
        await workspace.until(lambda: len(workspace.answers()) == 9 and not service.at_once, 30)
        await asyncio.sleep(2 * LEASE)
    busy = [each for each in workspace.answers() if "I am busy" in shown(each)]
    assert len(busy) == 9 - len(service.asked) >= 4
    assert service.most_at_once <= 2


@pytest.mark.parametrize("posted", [False, True])
async def test_a_process_that_died_between_event_and_answer(
    workspace: Workspace, service: FakeService, bots: Bots, posted: bool
) -> None:
    body = workspace.mention("Does the lamp burn?")
    event = body["event"]
    question = Question(body["event_id"], "T1", "C1", "U1", event["ts"], event["ts"], "Does the lamp burn?")
    dead = Ledger(ledger_url(bots.settings()), LEASE)
    assert dead.claim(question)
    dead.close()
    if posted:
        payload = {"event_id": question.id, "part": 0, "state": "working"}
        metadata = {"event_type": "cables_answer", "event_payload": payload}
        workspace._posted({"channel": "C1", "thread_ts": event["ts"], "text": "Searching", "metadata": metadata})
    async with bots.over_http() as url:
        assert (await workspace.deliver(url, body)).status_code == 200  # Slack tries again, too
        await workspace.until_answered()
        await asyncio.sleep(2 * LEASE)
    (answer,) = workspace.answers()
    assert "The lamp burns again." in shown(answer)
    assert len(workspace.called("chat.postMessage")) == (not posted)


async def test_a_restart_leaves_its_questions_to_the_next_process(
    workspace: Workspace, service: FakeService, bots: Bots
) -> None:
    service.pause = 2.0
    async with bots.over_http(lease=600) as url:
        await workspace.deliver(url, workspace.mention("Does the lamp burn?"))
        await workspace.until(lambda: service.at_once)
    service.pause = 0.0
    async with bots.over_http(lease=600):  # finds the question let go of, not its lease run out
        (answer,) = await workspace.until_answered()
    assert "The lamp burns again." in shown(answer)


async def test_two_bots_on_one_catalog_answer_once(workspace: Workspace, service: FakeService, bots: Bots) -> None:
    service.pause = 3 * LEASE  # longer than a lease: only its renewal keeps the other bot away
    async with bots.over_http() as one, bots.over_http() as other:
        body = workspace.mention("Does the lamp burn?")
        await asyncio.gather(workspace.deliver(one, body), workspace.deliver(other, body))
        await workspace.until_answered()
        await asyncio.sleep(2 * LEASE)
    assert len(workspace.answers()) == len(service.asked) == 1
