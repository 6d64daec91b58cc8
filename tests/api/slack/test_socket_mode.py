"""The bot over Socket Mode."""

from pathlib import Path

import pytest

from api.slack.socket_mode import address
from tests.api.slack.bots import Bots
from tests.api.slack.fake_service import FakeService
from tests.api.slack.workspace import Workspace, shown


@pytest.mark.anyio
async def test_events_and_commands_are_answered_and_acknowledged(
    workspace: Workspace, service: FakeService, bots: Bots
) -> None:
    async with bots.over_socket():
        await workspace.push(workspace.mention("Does the lamp burn?"))
        await workspace.push(workspace.command("And at night?"), "slash_commands")
        await workspace.until_answered(2)
        await workspace.until(lambda: len(workspace.acked) == 2)
    assert len(service.questions) == 2
    assert all("The lamp burns again." in shown(answer) for answer in workspace.answers())


@pytest.mark.anyio
async def test_a_closed_connection_is_opened_again(workspace: Workspace, service: FakeService, bots: Bots) -> None:
    async with bots.over_socket():
        body = workspace.mention("Does the lamp burn?")
        await workspace.push(body)
        await workspace.until_answered()
        await workspace.sockets[0].send_json({"type": "disconnect", "reason": "refresh_requested"})
        await workspace.until(lambda: len(workspace.sockets) == 2)
        await workspace.push(body)  # Slack did not hear the first acknowledgement
        await workspace.push(workspace.mention("And at night?"))
        await workspace.until_answered(2)
        await bots.until_finished(2)
    assert len(service.questions) == 2


@pytest.mark.anyio
async def test_all_are_acknowledged_while_none_is_answered(
    workspace: Workspace, service: FakeService, bots: Bots
) -> None:
    service.released.clear()
    async with bots.over_socket():
        envelopes = [await workspace.push(workspace.mention(f"Question {number}?")) for number in range(20)]
        await workspace.until(lambda: workspace.acked.issuperset(envelopes), seconds=3)
        assert not any("The lamp burns again." in shown(answer) for answer in workspace.answers())
        service.released.set()
        await bots.until_finished(20)


def test_the_service_of_the_store_is_found_unless_an_address_is_set(tmp_path: Path) -> None:
    assert address(tmp_path, None) == "http://127.0.0.1:8000"
    assert address(tmp_path, "https://cables.example/") == "https://cables.example"
