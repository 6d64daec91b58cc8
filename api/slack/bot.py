"""The bot: what Slack sends, through bolt, to the parts that deal with it."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from api.slack.answering import Answering
from api.slack.blocks import BAD, GOOD, READ
from api.slack.buttons import Buttons
from api.slack.calls import Identity, SlackDown, identify, web_client
from api.slack.channels import Channels
from api.slack.desk import Desk
from api.slack.intake import Intake
from api.slack.ledger import Ledger
from api.slack.modal import REASON
from api.slack.question import of_command, of_event
from api.slack.reader import Keys
from api.slack.service import Service
from api.slack.settings import SlackSettings, secret
from rag.errors import CablesError
from rag.owner_key import owner_key
from rag.settings import Settings

_log = logging.getLogger(__name__)
_IDENTITY_PAUSE = 2.0
_ANY = re.compile(".*")

Ack = Callable[..., Awaitable[BoltResponse]]
Next = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much the bot takes on: `room` questions may wait while `workers` are answered."""

    room: int = 100
    workers: int = 4


@dataclass(slots=True)
class Bot:
    """The parts, once the bot knows who it is; `clicks` are answered beside the questions."""

    identity: Identity
    intake: Intake
    buttons: Buttons
    clicks: set[asyncio.Task[None]] = field(default_factory=set)

    def behind(self, work: Awaitable[None]) -> None:
        """Do this after Slack has its acknowledgement."""
        task = asyncio.ensure_future(work)
        self.clicks.add(task)
        task.add_done_callback(self.clicks.discard)


class Doorman:
    """Bolt's application before and after the bot is ready: until then everything is to be sent again."""

    def __init__(self, slack: SlackSettings, signing_secret: str) -> None:
        """`signing_secret` may be empty in Socket Mode, where nothing is signed."""
        self.token = secret(slack.bot_token, "SLACK_BOT_TOKEN")
        self.bot: Bot | None = None
        quiet = logging.getLogger("cables.bolt")
        quiet.setLevel(logging.ERROR)  # its warnings quote what people wrote

        async def authorize() -> AuthorizeResult:
            who = self.ready.identity
            return AuthorizeResult(
                enterprise_id=None, team_id=who.team, bot_id=who.bot, bot_user_id=who.user, bot_token=self.token
            )

        self.app = AsyncApp(
            logger=quiet,
            name="cables",
            client=web_client(slack.api_url),
            signing_secret=signing_secret,
            authorize=authorize,
        )
        _listen(self.app, self)

    @property
    def ready(self) -> Bot:
        """The bot.

        Raises:
            SlackDown: it does not know yet who it is.
        """
        if self.bot is None:
            raise SlackDown("Slack has not said yet who this bot is")
        return self.bot


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


def _listen(app: AsyncApp, doorman: Doorman) -> None:
    async def take(body: dict[str, Any], next_: Next) -> None:
        # A listener's middleware runs before bolt acknowledges: what is not noted is not acknowledged.
        question = of_event(body, doorman.ready.identity.user)
        if question is not None:
            await doorman.ready.intake.take(question)
        await next_()

    async def nothing() -> None:
        """All is done before."""

    async def command(ack: Ack, command: dict[str, Any]) -> None:
        bot = doorman.ready
        try:
            await bot.intake.take(of_command(command, bot.identity.user))
        except CablesError as error:
            _log.error("%s", error)
            await ack("I could not take your question just now. Please ask again in a minute.")
            return
        await ack()

    async def read(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        await ack()
        doorman.ready.behind(doorman.ready.buttons.read(body, action["value"]))

    async def good(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        await ack()
        doorman.ready.behind(doorman.ready.buttons.good(body, action["value"]))

    async def bad(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        await ack()
        doorman.ready.behind(doorman.ready.buttons.bad(body, action["value"]))

    async def reason(ack: Ack, body: dict[str, Any]) -> None:
        await ack()
        doorman.ready.behind(doorman.ready.buttons.reason(body))

    async def seen(ack: Ack) -> None:
        await ack()

    app.event("app_mention", middleware=[take])(nothing)
    app.event("message", middleware=[take])(nothing)
    app.event(_ANY)(nothing)
    app.command("/cables")(command)
    app.action(READ)(read)
    app.action(GOOD)(good)
    app.action(BAD)(bad)
    app.action(_ANY)(seen)
    app.view(REASON)(reason)
