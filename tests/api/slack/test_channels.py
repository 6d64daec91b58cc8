"""The audiences of channels."""

import pytest

from api.slack.access import Audience
from api.slack.channels import Channels
from api.slack.web_api import web_client
from tests.api.slack.workspace import Workspace, refusing

pytestmark = pytest.mark.anyio


async def test_an_audience_is_asked_for_again_after_a_minute(workspace: Workspace) -> None:
    now = 0.0
    channels = Channels(web_client(f"{workspace.url}/api/", "xoxb-1"), now=lambda: now)
    assert await channels.audience("C1") == Audience(direct=False, shared=False)
    workspace.channels["C1"] = {"is_ext_shared": True}
    now = 59.0
    assert await channels.audience("C1") == Audience(direct=False, shared=False)
    now = 61.0
    assert await channels.audience("C1") == Audience(direct=False, shared=True)
    assert len(workspace.called("conversations.info")) == 2


async def test_a_channel_without_an_answer_counts_as_shared_until_there_is_one(workspace: Workspace) -> None:
    channels = Channels(web_client(f"{workspace.url}/api/", "xoxb-1"))
    workspace.scripts["conversations.info"].append(refusing("missing_scope"))
    assert await channels.audience("D1") == Audience(direct=False, shared=True)
    assert await channels.audience("D1") == Audience(direct=True, shared=False)
