"""Slack's Web API as the bot uses it: who it is, and what its refusals mean."""

from dataclasses import dataclass
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from rag.errors import CablesError

_RATE_LIMIT_RETRIES = 20
_TIMEOUT_SECONDS = 15
_PASSING = frozenset(
    ["internal_error", "fatal_error", "service_unavailable", "request_timeout", "ratelimited", "team_added_to_org"]
)

SLACK_FAULTS = (SlackClientError, aiohttp.ClientError, OSError, TimeoutError)
"""Everything a call may raise."""


class SlackRefused(CablesError):
    """Slack will not do this, now or later; `code` is its word for why."""

    def __init__(self, code: str) -> None:
        super().__init__(f"Slack refused: {code}")
        self.code = code


class SlackDown(CablesError):
    """Slack cannot be reached or fails."""

    retryable = True


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is in its workspace."""

    team: str
    user: str
    bot: str


def web_client(api_url: str, token: str | None = None) -> AsyncWebClient:
    """A client that waits as long as Slack's Retry-After says, and never sends a call twice by itself.

    A call that broke off may have been carried out; whoever made it looks before it is made again.
    """
    patience = AsyncRateLimitErrorRetryHandler(max_retry_count=_RATE_LIMIT_RETRIES)
    return AsyncWebClient(token=token, base_url=api_url, timeout=_TIMEOUT_SECONDS, retry_handlers=[patience])


async def identify(client: AsyncWebClient) -> Identity:
    """Who the client's token belongs to.

    Raises:
        SlackRefused: the token is not valid.
        SlackDown: Slack does not answer.
    """
    try:
        told = await client.auth_test()
    except SLACK_FAULTS as error:
        raise translated(error) from error
    return Identity(str(told.get("team_id")), str(told.get("user_id")), str(told.get("bot_id")))


def translated(error: BaseException) -> SlackRefused | SlackDown:
    """What a fault of a call means."""
    response: Any = error.response if isinstance(error, SlackApiError) else None
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0))
    data = getattr(response, "data", None)  # whatever came: a proxy's page, too
    code = data.get("error") if isinstance(data, dict) else None
    if code is None or code in _PASSING or status >= 500:
        return SlackDown(f"Slack does not answer ({code or type(error).__name__})")
    return SlackRefused(str(code))
