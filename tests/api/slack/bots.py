"""The bot between a workspace and a service, both on loopback."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from sqlalchemy import Engine, create_engine, func, select

from api.client import ClientSettings
from api.slack.app import SlackApp
from api.slack.bot import Limits, running
from api.slack.http_mode import slack_router
from api.slack.ledger import Ledger, ledger_url
from api.slack.settings import SlackSettings
from api.slack.slack_tables import slack_questions
from api.slack.web_api import web_client
from rag.settings import Settings
from tests.api.slack.fake_service import FakeService
from tests.api.slack.workspace import SIGNING_SECRET, Workspace

LEASE = 2.0


@dataclass(frozen=True)
class Bots:
    """Starts bots that share one store."""

    workspace: Workspace
    service: FakeService
    store: Path

    @property
    def settings(self) -> Settings:
        return Settings(store=self.store)

    def access(self, **values: object) -> ClientSettings:
        return ClientSettings(**{"url": self.service.url, "public_url": "http://reader", **values})  # type: ignore[arg-type]

    def slack(self, config: Path | None = None) -> SlackSettings:
        return SlackSettings(
            bot_token="xoxb-1",
            app_token="xapp-1",
            signing_secret=SIGNING_SECRET,
            api_url=f"{self.workspace.url}/api/",
            CABLES_SLACK_CONFIG=config,
        )

    @asynccontextmanager
    async def over_http(
        self,
        limits: Limits | None = None,
        lease: float = LEASE,
        config: Path | None = None,
        ready: bool = True,
        **access: object,
    ) -> AsyncIterator[str]:
        """A bot at `/slack/events` of a real server; yields the server's address, once the bot is `ready`."""
        app = FastAPI()
        app.include_router(slack_router(self.settings, self.slack(config), self.access(**access), limits, lease))
        server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", lifespan="on"))
        serving = asyncio.create_task(server.serve())
        try:
            await self.workspace.until(lambda: server.started)
            url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
            ignored = self.workspace.event({"type": "reaction_added", "user": "U1", "item": {}, "reaction": "eyes"})
            while ready and (await self.workspace.deliver(url, ignored)).status_code != 200:
                await asyncio.sleep(0.01)
            yield url
        finally:
            server.should_exit = True
            await serving

    @asynccontextmanager
    async def over_socket(self, limits: Limits | None = None, **access: object) -> AsyncIterator[SlackApp]:
        """A bot connected by Socket Mode."""
        slack, client = self.slack(), self.access(**access)
        slack_app = SlackApp(slack, "")
        ledger = Ledger(ledger_url(self.settings), LEASE)
        async with AsyncExitStack() as stack:
            stack.callback(ledger.close)
            await stack.enter_async_context(
                running(slack_app, self.store, slack, client, ledger, lambda: str(client.url), limits or Limits())
            )
            handler = AsyncSocketModeHandler(slack_app.bolt, "xapp-1", web_client=web_client(slack.api_url))
            await handler.client.connect()  # type: ignore[no-untyped-call]
            stack.push_async_callback(handler.client.close)
            await self.workspace.until(lambda: slack_app.bot)
            yield slack_app

    async def until_finished(self, questions: int) -> None:
        """Wait until so many questions are recorded and all are answered: from then on the bot does nothing more."""
        engine = create_engine(ledger_url(self.settings))
        try:
            await self.workspace.until(lambda: _counts(engine) == (questions, questions))
        finally:
            engine.dispose()

    async def until_lease_renewed(self) -> None:
        """Wait until the lease in force now would have run out, had it not been renewed."""
        engine = create_engine(ledger_url(self.settings))
        try:
            first = _latest_lease(engine)
            await self.workspace.until(lambda: _latest_lease(engine) > first + LEASE)
        finally:
            engine.dispose()


def _counts(engine: Engine) -> tuple[int, int]:
    """Questions recorded, and answered."""
    with engine.connect() as connection:
        row = connection.execute(select(func.count(), func.sum(slack_questions.c.answered))).one()
    return row[0], row[1] or 0


def _latest_lease(engine: Engine) -> float:
    with engine.connect() as connection:
        return float(connection.scalar(select(func.max(slack_questions.c.leased_until))) or 0.0)
