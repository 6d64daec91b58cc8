"""The bot at work: its parts put together and kept running."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from slack_sdk.web.async_client import AsyncWebClient

from api.slack.answering import Answering
from api.slack.buttons import Buttons
from api.slack.calls import Identity, identify, web_client
from api.slack.channels import Channels
from api.slack.desk import Desk
from api.slack.doorman import Bot, Doorman
from api.slack.intake import Intake
from api.slack.ledger import Ledger
from api.slack.reader import Keys
from api.slack.service import Service
from api.slack.settings import SlackSettings
from rag.errors import CablesError
from rag.owner_key import owner_key
from rag.settings import Settings

_log = logging.getLogger(__name__)
_IDENTITY_PAUSE = 2.0


@dataclass(frozen=True, slots=True)
class Limits:
    """How much the bot takes on: `room` questions may wait while `workers` are answered."""

    room: int = 100
    workers: int = 4


@asynccontextmanager
async def running(
    doorman: Doorman, settings: Settings, slack: SlackSettings, ledger: Ledger, url: Callable[[], str], limits: Limits
) -> AsyncIterator[None]:
    """Run the bot behind this doorman until the end of the block; it waits for Slack as long as need be."""
    default = settings.key.get_secret_value() if settings.key else None
    keys = Keys.read(settings.slack_config, default)
    client = web_client(slack.api_url, doorman.token)
    async with Service.at(url, lambda: owner_key(settings.store)) as service:
        at_work = asyncio.create_task(_work(doorman, client, service, keys, ledger, settings.public_url, limits))
        try:
            yield
        finally:
            at_work.cancel()
            await asyncio.gather(at_work, return_exceptions=True)


async def _work(
    doorman: Doorman,
    client: AsyncWebClient,
    service: Service,
    keys: Keys,
    ledger: Ledger,
    public_url: str | None,
    limits: Limits,
) -> None:
    identity = await _identity(client)
    answering = Answering(client, identity, ledger, service, keys, Channels(client))
    desk = Desk(ledger, answering.answer, limits.room, limits.workers)
    async with desk.open():
        doorman.bot = Bot(identity, Intake(ledger, desk, answering.busy), Buttons(client, answering, public_url))
        try:
            await asyncio.Event().wait()
        finally:
            doorman.bot = None


async def _identity(client: AsyncWebClient) -> Identity:
    while True:
        try:
            return await identify(client)
        except CablesError as error:
            _log.error("%s; check SLACK_BOT_TOKEN", error)
            await asyncio.sleep(_IDENTITY_PAUSE)
