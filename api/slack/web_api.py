"""Slack's Web API: the client, the bot's identity, and what errors mean."""

from dataclasses import dataclass
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from rag.errors import CablesError

_RATE_LIMIT_RETRIES = 20
_TIMEOUT_SECONDS = 15
_TEMPORARY = frozenset(
    ["internal_error", "fatal_error", "service_unavailable", "request_timeout", "ratelimited", "team_added_to_org"]
)

SLACK_ERRORS = (SlackClientError, aiohttp.ClientError, OSError, TimeoutError)
"""What a call may raise."""


class SlackRefused(CablesError):
    """Slack refuses this for good; `code` is its error code."""

    def __init__(self, code: str) -> None:
        super().__init__(f"Slack refused: {code}")
        self.code = code


class SlackDown(CablesError):
    """Slack cannot be reached or fails."""

    retryable = True


@dataclass(frozen=True, slots=True)
class BotIdentity:
    """Who the bot is in its workspace."""

    team: str
    user: str
    bot: str


def web_client(api_url: str, token: str | None = None) -> AsyncWebClient:
    """A client that waits as long as Slack's Retry-After says, and otherwise never repeats a call.

    A call that broke off may have been carried out, so the caller checks before it makes the call again.
    """
    retry = AsyncRateLimitErrorRetryHandler(max_retry_count=_RATE_LIMIT_RETRIES)
    return AsyncWebClient(token=token, base_url=api_url, timeout=_TIMEOUT_SECONDS, retry_handlers=[retry])


async def identify(client: AsyncWebClient) -> BotIdentity:
    """Who the client's token belongs to.

    Raises:
        SlackRefused: the token is not valid.
        SlackDown: Slack does not answer.
    """
    try:
        response = await client.auth_test()
    except SLACK_ERRORS as error:
        raise translated(error) from error
    return BotIdentity(str(response.get("team_id")), str(response.get("user_id")), str(response.get("bot_id")))


def translated(error: BaseException) -> SlackRefused | SlackDown:
    """The error of a call as one of ours."""
    response: Any = error.response if isinstance(error, SlackApiError) else None
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 0))
    data = getattr(response, "data", None)  # may be a proxy's page
    code = data.get("error") if isinstance(data, dict) else None
    if code is None or code in _TEMPORARY or status >= 500:
        return SlackDown(f"Slack does not answer ({code or type(error).__name__})")
    return SlackRefused(str(code))
