"""Who reads a channel, as Slack says it; cached for a short while."""

import logging
import time
from collections.abc import Callable

from cachetools import TTLCache
from slack_sdk.web.async_client import AsyncWebClient

from api.slack.access import Audience
from api.slack.web_api import SLACK_ERRORS, translated

_log = logging.getLogger(__name__)
_CACHE_SECONDS = 60.0  # a channel may be shared with others at any time
_CACHE_SIZE = 5000
_SHARED = ("is_ext_shared", "is_pending_ext_shared")


class Channels:
    """The audiences of channels. Where Slack does not answer, a channel counts as shared."""

    def __init__(self, client: AsyncWebClient, now: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._audiences: TTLCache[str, Audience] = TTLCache(_CACHE_SIZE, _CACHE_SECONDS, now)

    async def audience(self, channel: str) -> Audience:
        """The audience of a channel."""
        if cached := self._audiences.get(channel):
            return cached
        try:
            info = (await self._client.conversations_info(channel=channel)).get("channel") or {}
        except SLACK_ERRORS as error:
            _log.warning("channel %s is treated as shared: %s", channel, translated(error))
            return Audience(direct=False, shared=True)
        audience = Audience(bool(info.get("is_im")), any(info.get(name) for name in _SHARED))
        self._audiences[channel] = audience
        return audience
