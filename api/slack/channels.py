"""Who reads what is said in a channel, asked of Slack and remembered for a while."""

import logging
import time
from collections import OrderedDict
from collections.abc import Callable

from slack_sdk.web.async_client import AsyncWebClient

from api.slack.calls import SLACK_FAULTS, translated
from api.slack.reader import Audience

_log = logging.getLogger(__name__)
_REMEMBERED_SECONDS = 60.0  # a channel may be shared with others at any time
_REMEMBERED = 5000
_SHARED = ("is_ext_shared", "is_pending_ext_shared")


class Channels:
    """The audiences of channels. What Slack does not tell is taken for the widest audience."""

    def __init__(self, client: AsyncWebClient, now: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._now = now
        self._known: OrderedDict[str, tuple[float, Audience]] = OrderedDict()

    async def audience(self, channel: str) -> Audience:
        """The audience of a channel."""
        known = self._known.get(channel)
        if known and self._now() - known[0] < _REMEMBERED_SECONDS:
            return known[1]
        try:
            told = (await self._client.conversations_info(channel=channel)).get("channel") or {}
        except SLACK_FAULTS as error:
            _log.warning("channel %s is taken for a shared one: %s", channel, translated(error))
            return Audience(direct=False, shared=True)
        audience = Audience(bool(told.get("is_im")), any(told.get(name) for name in _SHARED))
        self._known[channel] = (self._now(), audience)
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return audience
