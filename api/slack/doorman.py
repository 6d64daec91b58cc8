"""The bot's door: what Slack sends comes in through bolt and goes to the part that deals with it."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse

from api.slack.blocks import BAD, GOOD, READ
from api.slack.buttons import Buttons
from api.slack.calls import Identity, SlackDown, web_client
from api.slack.intake import Intake
from api.slack.modal import REASON
from api.slack.question import of_command, of_event
from api.slack.settings import SlackSettings, secret
from rag.errors import CablesError

_log = logging.getLogger(__name__)
_ANY = re.compile(".*")

Ack = Callable[..., Awaitable[BoltResponse]]
Next = Callable[[], Awaitable[None]]


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
        _hear_questions(self.app, self)
        _hear_clicks(self.app, self)

    @property
    def ready(self) -> Bot:
        """The bot.

        Raises:
            SlackDown: it does not know yet who it is.
        """
        if self.bot is None:
            raise SlackDown("Slack has not said yet who this bot is")
        return self.bot


def _hear_questions(app: AsyncApp, doorman: Doorman) -> None:
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

    app.event("app_mention", middleware=[take])(nothing)
    app.event("message", middleware=[take])(nothing)
    app.event(_ANY)(nothing)
    app.command("/cables")(command)


def _hear_clicks(app: AsyncApp, doorman: Doorman) -> None:
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

    app.action(READ)(read)
    app.action(GOOD)(good)
    app.action(BAD)(bad)
    app.action(_ANY)(seen)
    app.view(REASON)(reason)
