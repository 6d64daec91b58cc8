"""Slack's errors as ours."""

from types import SimpleNamespace

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from api.slack.web_api import BotIdentity, SlackDown, SlackRefused, identify, translated, web_client
from tests.api.slack.workspace import Workspace, failing, refusing


def api_error(data: object, status: int = 200) -> SlackApiError:
    return SlackApiError("", SimpleNamespace(data=data, status_code=status))  # type: ignore[no-untyped-call]


@pytest.mark.parametrize(
    "error",
    [
        TimeoutError(),
        aiohttp.ClientConnectionError(),
        api_error({"ok": False, "error": "internal_error"}),
        api_error({"ok": False, "error": "not_in_channel"}, status=503),
        api_error("<html>a proxy</html>"),
    ],
)
def test_what_may_pass_is_slack_down(error: BaseException) -> None:
    assert isinstance(translated(error), SlackDown)


def test_an_error_code_is_a_refusal() -> None:
    refusal = translated(api_error({"ok": False, "error": "not_in_channel"}))
    assert isinstance(refusal, SlackRefused) and refusal.code == "not_in_channel"


@pytest.mark.anyio
async def test_the_identity_of_a_token(workspace: Workspace) -> None:
    client = web_client(f"{workspace.url}/api/", "xoxb-1")
    assert await identify(client) == BotIdentity("T1", "UBOT", "BBOT")
    workspace.scripts["auth.test"] += [refusing("invalid_auth"), failing(500)]
    with pytest.raises(SlackRefused):
        await identify(client)
    with pytest.raises(SlackDown):
        await identify(client)
