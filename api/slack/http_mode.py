"""The bot within the service: Slack's requests come in at `/slack/events`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from fastapi import APIRouter, FastAPI, Request, Response
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler

from api.client import ClientSettings
from api.slack.app import SlackApp
from api.slack.bot import Limits, running
from api.slack.ledger import LEASE_SECONDS, Ledger, ledger_url
from api.slack.settings import SlackSettings, secret
from api.slack.socket_mode import address
from rag.settings import Settings

PATH = "/slack/events"


def slack_router(
    settings: Settings,
    slack: SlackSettings,
    access: ClientSettings,
    limits: Limits | None = None,
    lease: float = LEASE_SECONDS,
) -> APIRouter:
    """The route for events, commands and clicks alike; the bot runs while the application does."""
    app = SlackApp(slack, secret(slack.signing_secret, "SLACK_SIGNING_SECRET"))
    handler = AsyncSlackRequestHandler(app.bolt)
    url = partial(address, settings.store, access.url)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        ledger = Ledger(ledger_url(settings), lease)
        try:
            async with running(app, settings.store, slack, access, ledger, url, limits or Limits()):
                yield
        finally:
            ledger.close()

    router = APIRouter(lifespan=lifespan, include_in_schema=False)

    @router.post(PATH)
    async def events(request: Request) -> Response:
        return await handler.handle(request)

    return router
