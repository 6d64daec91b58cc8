"""The bot within the service: Slack's requests come in at `/slack/events`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI, Request, Response
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler

from api.slack.bot import Limits, running
from api.slack.doorman import Doorman
from api.slack.ledger import LEASE_SECONDS, Ledger, ledger_url
from api.slack.settings import SlackSettings, secret
from api.slack.socket_mode import address
from rag.settings import Settings

PATH = "/slack/events"


def slack_router(
    settings: Settings, slack: SlackSettings, limits: Limits | None = None, lease: float = LEASE_SECONDS
) -> APIRouter:
    """The route for events, commands and clicks alike; the bot runs while the application does."""
    doorman = Doorman(slack, secret(slack.signing_secret, "SLACK_SIGNING_SECRET"))
    handler = AsyncSlackRequestHandler(doorman.app)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        ledger = Ledger(ledger_url(settings), lease)
        try:
            async with running(doorman, settings, slack, ledger, lambda: address(settings), limits or Limits()):
                yield
        finally:
            ledger.close()

    router = APIRouter(lifespan=lifespan, include_in_schema=False)

    @router.post(PATH)
    async def events(request: Request) -> Response:
        return await handler.handle(request)

    return router
