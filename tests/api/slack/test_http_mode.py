"""The bot within the service: which requests it takes, and when it acknowledges them."""

import asyncio
import time

import httpx
import pytest

from api.slack.bot import Limits
from tests.api.slack.bots import Bots
from tests.api.slack.fake_service import FakeService
from tests.api.slack.workspace import Workspace, failing, shown

pytestmark = pytest.mark.anyio

SLACK_WAITS_SECONDS = 3


async def test_only_requests_that_slack_signed_are_taken(
    workspace: Workspace, service: FakeService, bots: Bots
) -> None:
    async with bots.over_http(Limits(workers=1)) as url:
        body = workspace.mention("Does the lamp burn?")
        forged = await workspace.deliver(url, body, secret="a guess")
        stale = await workspace.deliver(url, body, at=time.time() - 600)
        async with httpx.AsyncClient(trust_env=False) as http:
            unsigned = await http.post(f"{url}/slack/events", json=body)
        assert [forged.status_code, stale.status_code, unsigned.status_code] == [401, 401, 401]
        challenge = await workspace.deliver(url, {"type": "url_verification", "token": "t", "challenge": "abc"})
        assert (challenge.status_code, challenge.json()) == (200, {"challenge": "abc"})
        await workspace.deliver(url, workspace.mention("And this one?"))
        await bots.until_finished(1)
    assert [sent["messages"][-1]["content"] for sent, _ in service.questions] == ["And this one?"]


async def test_all_are_acknowledged_while_none_is_answered(
    workspace: Workspace, service: FakeService, bots: Bots
) -> None:
    service.released.clear()
    async with bots.over_http() as url:
        bodies = [workspace.mention(f"Question {number}?") for number in range(20)]
        async with asyncio.timeout(SLACK_WAITS_SECONDS):
            responses = await asyncio.gather(*(workspace.deliver(url, body) for body in bodies))
        assert [response.status_code for response in responses] == [200] * 20
        assert not any("The lamp burns again." in shown(answer) for answer in workspace.answers())
        service.released.set()
        await bots.until_finished(20)


async def test_requests_fail_until_the_bot_knows_its_identity(
    workspace: Workspace, service: FakeService, bots: Bots
) -> None:
    workspace.scripts["auth.test"].append(failing(500))
    async with bots.over_http(ready=False) as url:
        body = workspace.mention("Does the lamp burn?")
        refused = await workspace.deliver(url, body)
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
        await workspace.until(lambda: len(workspace.called("auth.test")) == 2)
        while (await workspace.deliver(url, body)).status_code != 200:
            await asyncio.sleep(0.01)
        await bots.until_finished(1)
    assert len(workspace.answers()) == 1
