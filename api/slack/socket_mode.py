"""The bot as a process of its own, connected to Slack by Socket Mode."""

import asyncio
import contextlib
import signal

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler

from api.slack.bot import Limits, running
from api.slack.calls import web_client
from api.slack.doorman import Doorman
from api.slack.ledger import Ledger, ledger_url
from api.slack.settings import SlackSettings, secret
from rag.lock import service_url
from rag.settings import Settings

DEFAULT_URL = "http://127.0.0.1:8000"


async def serve(settings: Settings, slack: SlackSettings, limits: Limits) -> None:
    """Answer questions until interrupted or terminated; what is unfinished then, the next process answers.

    Raises:
        BadInput: a token is missing, or the configuration file cannot be read.
        CablesError: the ledger cannot be opened.
    """
    app_token = secret(slack.app_token, "SLACK_APP_TOKEN")
    doorman = Doorman(slack, signing_secret="")
    ledger = Ledger(ledger_url(settings))
    handler = AsyncSocketModeHandler(doorman.app, app_token, web_client=web_client(slack.api_url))
    connecting = asyncio.create_task(handler.client.connect())  # type: ignore[no-untyped-call]
    try:
        async with running(doorman, settings, slack, ledger, lambda: address(settings), limits):
            await _interrupted()
    finally:
        connecting.cancel()
        if handler.client.message_receiver is not None:  # else both wait for the closing frame, ten seconds long
            handler.client.message_receiver.cancel()
        await handler.client.close()  # type: ignore[no-untyped-call]
        ledger.close()


def address(settings: Settings) -> str:
    """Where the service answers: as set, else the service that has this machine's store open, else the usual port."""
    return (settings.url or service_url(settings.store) or DEFAULT_URL).rstrip("/")


async def _interrupted() -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError, ValueError, RuntimeError):
            loop.add_signal_handler(name, stop.set)
    await stop.wait()
