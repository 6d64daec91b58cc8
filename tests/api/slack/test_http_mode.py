"""The bot over HTTP: what Slack may send, and what it is told."""

import asyncio
import time

import httpx
import pytest

from tests.api.slack.conftest import Bots
from tests.api.slack.service import FakeService
from tests.api.slack.workspace import Workspace, shown

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
