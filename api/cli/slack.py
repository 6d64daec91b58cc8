"""`cables slack`."""

from typing import Annotated

import typer

from api.cli.options import Store, settings_for
from rag.errors import BadInput


def slack(
    store: Store = None,
    waiting: Annotated[int, typer.Option(min=1, help="Questions that may wait before the bot says it is busy.")] = 100,
    at_once: Annotated[int, typer.Option(min=1, help="Questions answered at the same time.")] = 4,
) -> None:
    """Run the Slack bot (Socket Mode), a client of the service at CABLES_URL."""
    import asyncio
    import logging

    try:
        from api.client import ClientSettings
        from api.slack.bot import Limits
        from api.slack.settings import SlackSettings
        from api.slack.socket_mode import serve
    except ImportError as error:
        raise BadInput("the Slack bot needs its packages: pip install -e '.[slack]'") from error

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    asyncio.run(serve(settings_for(store), SlackSettings(), ClientSettings(), Limits(waiting, at_once)))
