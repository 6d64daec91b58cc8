"""The bot at work between a workspace and a service, both on loopback."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler

from api.slack.bot import Limits, running
from api.slack.calls import web_client
from api.slack.doorman import Doorman
from api.slack.http_mode import slack_router
from api.slack.ledger import Ledger, ledger_url
from api.slack.settings import SlackSettings
from rag.settings import Settings
from tests.api.slack.service import FakeService
from tests.api.slack.workspace import SIGNING_SECRET, Workspace

LEASE = 0.6


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slack's client goes through the proxy of the environment; a workspace on loopback has none."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def workspace() -> AsyncIterator[Workspace]:
    async with Workspace.open() as opened:
        yield opened


@pytest.fixture
async def service() -> AsyncIterator[FakeService]:
    async with FakeService.open() as opened:
        yield opened


@dataclass(frozen=True)
class Bots:
    """Starts bots that share one store."""

    workspace: Workspace
    service: FakeService
    store: Path

    def settings(self, **values: object) -> Settings:
        return Settings(**{"store": self.store, "url": self.service.url, "public_url": "http://reader", **values})  # type: ignore[arg-type]

    @property
    def slack(self) -> SlackSettings:
        return SlackSettings(
            bot_token="xoxb-1", app_token="xapp-1", signing_secret=SIGNING_SECRET, api_url=f"{self.workspace.url}/api/"
        )

    @asynccontextmanager
    async def over_http(
        self, limits: Limits | None = None, lease: float = LEASE, **values: object
    ) -> AsyncIterator[str]:
        """A bot at `/slack/events` of a real server; yields the server's address."""
        app = FastAPI()
        app.include_router(slack_router(self.settings(**values), self.slack, limits, lease))
        server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", lifespan="on"))
        at_work = asyncio.create_task(server.serve())
        try:
            await self.workspace.until(lambda: server.started)
            await asyncio.sleep(0.05)
            yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        finally:
            server.should_exit = True
            await at_work

    @asynccontextmanager
    async def over_socket(self, limits: Limits | None = None, **values: object) -> AsyncIterator[Doorman]:
        """A bot connected by Socket Mode."""
        settings, slack = self.settings(**values), self.slack
        doorman = Doorman(slack, "")
        ledger = Ledger(ledger_url(settings), LEASE)
        async with AsyncExitStack() as stack:
            stack.callback(ledger.close)
            address = lambda: str(settings.url)  # noqa: E731
            await stack.enter_async_context(running(doorman, settings, slack, ledger, address, limits or Limits()))
            handler = AsyncSocketModeHandler(doorman.app, "xapp-1", web_client=web_client(slack.api_url))
            await handler.client.connect()  # type: ignore[no-untyped-call]
            stack.push_async_callback(handler.client.close)
            await self.workspace.until(lambda: doorman.bot)
            yield doorman


@pytest.fixture
def bots(workspace: Workspace, service: FakeService, tmp_path: Path) -> Bots:
    return Bots(workspace, service, tmp_path)
