"""A workspace, a service, and bots between them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.api.slack.bots import Bots
from tests.api.slack.fake_service import FakeService
from tests.api.slack.workspace import Workspace


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slack's client goes through the proxy of the environment; a workspace on loopback has none."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
async def workspace() -> AsyncIterator[Workspace]:
    async with Workspace.open() as opened:
        yield opened


@pytest.fixture
async def service() -> AsyncIterator[FakeService]:
    async with FakeService.open() as opened:
        yield opened


@pytest.fixture
def bots(workspace: Workspace, service: FakeService, tmp_path: Path) -> Bots:
    return Bots(workspace, service, tmp_path)
