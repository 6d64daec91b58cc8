"""The running bot: its parts put together."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from slack_sdk.web.async_client import AsyncWebClient

from api.client import ClientSettings
from api.slack.access import SlackKeys
from api.slack.app import Bot, SlackApp
from api.slack.buttons import Buttons
from api.slack.channels import Channels
from api.slack.intake import Intake
from api.slack.job_queue import JobQueue
from api.slack.ledger import Ledger
from api.slack.responder import Responder
from api.slack.service_client import SlackServiceClient
from api.slack.settings import SlackSettings
from api.slack.web_api import BotIdentity, identify, web_client
from rag.errors import CablesError
from rag.index.owner_key import owner_key

_log = logging.getLogger(__name__)
_IDENTITY_PAUSE = 2.0


@dataclass(frozen=True, slots=True)
class Limits:
    """How much the bot takes on: `waiting` questions may wait while `workers` are answered."""

    waiting: int = 100
    workers: int = 4


@asynccontextmanager
async def running(
    app: SlackApp,
    store: Path,
    slack: SlackSettings,
    access: ClientSettings,
    ledger: Ledger,
    url: Callable[[], str],
    limits: Limits,
) -> AsyncIterator[None]:
    """Run the bot of this application until the end of the block; it waits until Slack can be reached."""
    default = access.key.get_secret_value() if access.key else None
    keys = SlackKeys.read(slack.config, default)
    client = web_client(slack.api_url, app.token)
    async with SlackServiceClient.at(url, lambda: owner_key(store)) as service:
        work = asyncio.create_task(_work(app, client, service, keys, ledger, access.public_url, limits))
        try:
            yield
        finally:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)


async def _work(
    app: SlackApp,
    client: AsyncWebClient,
    service: SlackServiceClient,
    keys: SlackKeys,
    ledger: Ledger,
    public_url: str | None,
    limits: Limits,
) -> None:
    identity = await _wait_for_identity(client)
    responder = Responder(client, identity, ledger, service, keys, Channels(client), public_url=public_url)
    queue = JobQueue(ledger, responder.answer, limits.waiting, limits.workers)
    async with queue.open():
        app.bot = Bot(identity, Intake(ledger, queue, responder.busy), Buttons(client, responder, public_url))
        try:
            await asyncio.Event().wait()
        finally:
            app.bot = None


async def _wait_for_identity(client: AsyncWebClient) -> BotIdentity:
    while True:
        try:
            return await identify(client)
        except CablesError as error:
            _log.error("%s; check SLACK_BOT_TOKEN", error)
            await asyncio.sleep(_IDENTITY_PAUSE)
