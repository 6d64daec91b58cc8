"""Slack or the service failing at every point: one answer, or one friendly line."""

import re
from itertools import pairwise

import pytest
from aiohttp import web

from tests.api.slack.bots import Bots
from tests.api.slack.fake_service import FakeService
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


async def test_the_answer_comes_although_slack_failed_before(
    workspace: Workspace, service: FakeService, bots: Bots
) -> None:
    workspace.scripts["chat.update"] += [failing(500), failing(503)]
    async with bots.over_http() as url:
        await workspace.deliver(url, workspace.mention("Does the lamp burn?"))
        (answer,) = await workspace.until_answered()
    assert "The lamp burns again." in shown(answer)


async def test_a_message_posted_although_the_call_failed(
    workspace: Workspace, service: FakeService, bots: Bots
) -> None:
    async def posted_nevertheless(arguments: Json) -> web.Response:
        workspace._posted(arguments)
        return web.Response(status=500, text="<html>")

    workspace.scripts["chat.postMessage"].append(posted_nevertheless)
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
        await bots.until_finished(1)
    assert workspace.called("chat.update")
    assert workspace.answers() == []


async def test_a_message_that_slack_finds_too_long_is_shortened(
    workspace: Workspace, service: FakeService, bots: Bots
) -> None:
    workspace.scripts["chat.update"].append(refusing("msg_too_long"))
    async with bots.over_http() as url:
        await workspace.deliver(url, workspace.mention("Does the lamp burn?"))
        (answer,) = await workspace.until_answered()
    assert "The lamp burns again." in shown(answer)


async def test_a_long_answer_is_split_into_messages(workspace: Workspace, service: FakeService, bots: Bots) -> None:
    service.sentences = [f"Sentence {number} says: {'word ' * 90}end." for number in range(60)]
    async with bots.over_http() as url:
        await workspace.deliver(url, workspace.mention("Tell me all."))
        await workspace.until(lambda: any("Good answer" in shown(answer) for answer in workspace.answers()))
    answers = workspace.answers()
    assert len(answers) > 2
    together = " ".join(map(shown, answers))
    assert [f"Sentence {number} says" in together for number in range(60)] == [True] * 60
    parts = [answer["metadata"]["event_payload"]["part"] for answer in answers]
    assert parts == list(range(len(answers)))


async def test_a_service_that_is_down_is_named_with_the_request(
    workspace: Workspace, service: FakeService, bots: Bots
) -> None:
    async with bots.over_http(url="http://127.0.0.1:9") as url:
        body = workspace.mention("Does the lamp burn?")
        await workspace.deliver(url, body)
        await workspace.until(lambda: any("does not answer" in shown(answer) for answer in workspace.answers()), 15)
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
async def test_each_refusal_of_the_service_has_its_own_words(
    workspace: Workspace, service: FakeService, bots: Bots, problems: list[tuple[int, str]], words: str
) -> None:
    service.problems = problems
    async with bots.over_http() as url:
        await workspace.deliver(url, workspace.mention("Does the lamp burn?"))
        (answer,) = await workspace.until_answered()
    assert words in shown(answer) and "secret" not in shown(answer)
    if "(request " in shown(answer):
        sent = service.questions[-1][1]["X-Request-ID"]
        assert f"(request {sent})" in shown(answer)


async def test_an_answer_that_breaks_off_is_requested_again(
    workspace: Workspace, service: FakeService, bots: Bots
) -> None:
    service.sse, service.cut = True, 1
    async with bots.over_http() as url:
        await workspace.deliver(url, workspace.mention("Does the lamp burn?"))
        (answer,) = await workspace.until_answered()
    assert "The lamp burns again." in shown(answer) and len(service.questions) == 2
