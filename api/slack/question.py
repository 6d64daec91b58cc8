"""Questions, read from the events and commands that Slack sends."""

from dataclasses import dataclass
from typing import Any

from api.slack.markup import mentions, plain

_QUESTION_SUBTYPES = frozenset([None, "thread_broadcast", "file_share"])
_SLACKBOT = "USLACKBOT"


@dataclass(frozen=True, slots=True)
class SlackQuestion:
    """One question.

    `id` is Slack's event id. `ts` identifies the message within its channel; a command has none and uses its own id.
    `thread` is the ts of the thread the answer goes to, or None for a message outside threads. `addressed` is set for
    a mention, a direct message and a command; any other message is a question only in a thread the bot already
    answers in. `shared` is set where Slack says that people of other companies are in the channel.
    """

    id: str
    team: str
    channel: str
    user: str
    ts: str
    thread: str | None
    text: str
    shared: bool = False
    addressed: bool = True
    response_url: str | None = None


def question_of_event(body: dict[str, Any], bot_user: str) -> SlackQuestion | None:
    """The question of an `app_mention` or `message` event, or None where it is not one.

    Not questions are messages of bots (this one included), edits, deletions, joins and the like, and messages that
    begin by addressing somebody else.
    """
    event = body["event"]
    user, text, ts = event.get("user"), event.get("text") or "", event.get("ts")
    if not (user and ts and event.get("channel")) or user in {bot_user, _SLACKBOT}:
        return None
    if (
        event.get("subtype") not in _QUESTION_SUBTYPES
        or event.get("bot_id")
        or event.get("edited")
        or event.get("hidden")
    ):
        return None
    direct = event.get("channel_type") == "im"
    mentioned = bot_user in mentions(text)
    addressed = direct or mentioned or event["type"] == "app_mention"
    if not addressed and (not event.get("thread_ts") or text.lstrip().startswith("<@") or not text.strip()):
        return None
    return SlackQuestion(
        id=str(body["event_id"]),
        team=str(body.get("team_id") or event.get("team") or ""),
        channel=event["channel"],
        user=user,
        ts=ts,
        thread=event.get("thread_ts") or ts,
        text=plain(text, bot_user),
        shared=bool(body.get("is_ext_shared_channel")),
        addressed=addressed,
    )


def question_of_command(command: dict[str, Any], bot_user: str) -> SlackQuestion:
    """The question of a slash command."""
    identity = f"command-{command['trigger_id']}"
    return SlackQuestion(
        id=identity,
        team=command.get("team_id", ""),
        channel=command["channel_id"],
        user=command["user_id"],
        ts=identity,
        thread=None,
        text=plain(command.get("text") or "", bot_user),
        response_url=command.get("response_url"),
    )
