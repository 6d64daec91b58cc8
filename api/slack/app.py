"""Bolt's application: what Slack sends goes to the part of the bot that handles it."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse

from api.slack.blocks import BAD, GOOD, READ
from api.slack.buttons import Buttons
from api.slack.intake import Intake
from api.slack.modal import REASON
from api.slack.question import question_of_command, question_of_event
from api.slack.settings import SlackSettings, secret
from api.slack.web_api import BotIdentity, SlackDown, web_client
from rag.errors import CablesError

_log = logging.getLogger(__name__)
_ANY = re.compile(".*")
_RETRY_SECONDS = 5

Ack = Callable[..., Awaitable[BoltResponse]]
Next = Callable[[], Awaitable[None]]


@dataclass(slots=True)
class Bot:
    """The bot's parts, once its identity is known."""

    identity: BotIdentity
    intake: Intake
    buttons: Buttons
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def run_in_background(self, work: Awaitable[None]) -> None:
        """Do this after Slack has its acknowledgement."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


class SlackApp:
    """Bolt's application. Until `bot` is set, requests fail and Slack delivers them again."""

    def __init__(self, slack: SlackSettings, signing_secret: str) -> None:
        """`signing_secret` may be empty in Socket Mode, where nothing is signed."""
        self.token = secret(slack.bot_token, "SLACK_BOT_TOKEN")
        self.bot: Bot | None = None
        logger = logging.getLogger("cables.bolt")
        logger.setLevel(logging.ERROR)  # bolt's warnings quote what people wrote

        async def authorize() -> AuthorizeResult:
            identity = self.ready_bot.identity
            return AuthorizeResult(
                enterprise_id=None,
                team_id=identity.team,
                bot_id=identity.bot,
                bot_user_id=identity.user,
                bot_token=self.token,
            )

        self.bolt = AsyncApp(
            logger=logger,
            name="cables",
            client=web_client(slack.api_url),
            signing_secret=signing_secret,
            authorize=authorize,
        )
        self.bolt.error(_failed)
        _register_questions(self)
        _register_clicks(self)

    @property
    def ready_bot(self) -> Bot:
        """The bot.

        Raises:
            SlackDown: its identity is not known yet.
        """
        if self.bot is None:
            raise SlackDown("Slack has not said yet who this bot is")
        return self.bot


async def _failed(error: Exception, response: BoltResponse | None) -> BoltResponse | None:
    """The answer to a request that could not be taken, which Slack delivers again; None where it has one already."""
    retried = isinstance(error, CablesError) and error.retryable
    _log.log(logging.WARNING if retried else logging.ERROR, "%s", error, exc_info=None if retried else error)
    if response is None:
        return None
    if retried:
        return BoltResponse(status=HTTPStatus.SERVICE_UNAVAILABLE, headers={"retry-after": str(_RETRY_SECONDS)})
    return BoltResponse(status=HTTPStatus.INTERNAL_SERVER_ERROR)


def _register_questions(app: SlackApp) -> None:
    async def take(body: dict[str, Any], next_: Next) -> None:
        # A listener's middleware runs before bolt acknowledges, so a question that was not recorded is delivered again.
        bot = app.ready_bot
        question = question_of_event(body, bot.identity.user)
        if question is not None:
            await bot.intake.take(question)
        await next_()

    async def ignore() -> None:
        """The middleware has done the work."""

    async def command(ack: Ack, command: dict[str, Any]) -> None:
        bot = app.ready_bot
        try:
            await bot.intake.take(question_of_command(command, bot.identity.user))
        except CablesError as error:
            _log.error("%s", error)
            await ack("I could not take your question just now. Please ask again in a minute.")
            return
        await ack()

    app.bolt.event("app_mention", middleware=[take])(ignore)
    app.bolt.event("message", middleware=[take])(ignore)
    app.bolt.event(_ANY)(ignore)
    app.bolt.command("/cables")(command)


def _register_clicks(app: SlackApp) -> None:
    async def read(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        await ack()
        app.ready_bot.run_in_background(app.ready_bot.buttons.read(body, action["value"]))

    async def good(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        await ack()
        app.ready_bot.run_in_background(app.ready_bot.buttons.good(body, action["value"]))

    async def bad(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        await ack()
        app.ready_bot.run_in_background(app.ready_bot.buttons.bad(body, action["value"]))

    async def reason(ack: Ack, body: dict[str, Any]) -> None:
        await ack()
        app.ready_bot.run_in_background(app.ready_bot.buttons.reason(body))

    async def other(ack: Ack) -> None:
        await ack()

    app.bolt.action(READ)(read)
    app.bolt.action(GOOD)(good)
    app.bolt.action(BAD)(bad)
    app.bolt.action(_ANY)(other)
    app.bolt.view(REASON)(reason)
