"""The bot as a process of its own, connected to Slack by Socket Mode."""

import asyncio
import contextlib
import signal
from functools import partial
from pathlib import Path

from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler

from api.client import ClientSettings
from api.slack.app import SlackApp
from api.slack.bot import Limits, running
from api.slack.ledger import Ledger, ledger_url
from api.slack.settings import SlackSettings, secret
from api.slack.web_api import web_client
from rag.index.lock import service_url
from rag.settings import Settings

DEFAULT_URL = "http://127.0.0.1:8000"


async def serve(settings: Settings, slack: SlackSettings, access: ClientSettings, limits: Limits) -> None:
    """Answer questions until interrupted or terminated; the next process answers what is unfinished then.

    Raises:
        BadInput: a token is missing, or the configuration file cannot be read.
        CablesError: the ledger cannot be opened.
    """
    app_token = secret(slack.app_token, "SLACK_APP_TOKEN")
    app = SlackApp(slack, signing_secret="")
    ledger = Ledger(ledger_url(settings))
    url = partial(address, settings.store, access.url)
    handler = AsyncSocketModeHandler(app.bolt, app_token, web_client=web_client(slack.api_url))
    connecting = asyncio.create_task(handler.client.connect())  # type: ignore[no-untyped-call]
    try:
        async with running(app, settings.store, slack, access, ledger, url, limits):
            await _wait_for_signal()
    finally:
        connecting.cancel()
        if handler.client.message_receiver is not None:  # else both wait ten seconds for the closing frame
            handler.client.message_receiver.cancel()
        await handler.client.close()  # type: ignore[no-untyped-call]
        ledger.close()


def address(store: Path, url: str | None) -> str:
    """The service's address: as set, else that of the service that has this store open, else the usual port."""
    return (url or service_url(store) or DEFAULT_URL).rstrip("/")


async def _wait_for_signal() -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError, ValueError, RuntimeError):
            loop.add_signal_handler(name, stop.set)
    await stop.wait()
