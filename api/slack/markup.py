"""Slack's markup: messages of people as plain text, and text escaped so that Slack shows it unchanged.

Format: https://docs.slack.dev/messaging/formatting-message-text ("&", "<" and ">" are its only control characters;
mentions, links and the like stand between angle brackets).
"""

import re

_BRACKETED = re.compile(r"<([^<>]*)>")
_ESCAPES = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))
_BROADCAST = re.compile(r"@(?=(?:here|channel|everyone)\b)", re.IGNORECASE)
_WORD_JOINER = "\u2060"


def plain(text: str, bot_user: str) -> str:
    """What a person typed: the bot's own mention left out, links and mentions as their labels, escapes undone."""
    shown = _BRACKETED.sub(lambda match: _label(match[1], bot_user), text)
    for sign, escape in reversed(_ESCAPES):
        shown = shown.replace(escape, sign)
    return " ".join(shown.split())


def mentions(text: str) -> list[str]:
    """Ids of the users mentioned, in order."""
    return [inner[1:].partition("|")[0] for inner in _BRACKETED.findall(text) if inner.startswith("@")]


def escaped(text: str) -> str:
    """Text for a `plain_text` object: Slack shows it unchanged."""
    for sign, escape in _ESCAPES:
        text = text.replace(sign, escape)
    return text


def fallback(text: str) -> str:
    """Text for a message's `text` field, which Slack may read as markup: broadcasts (`@here`) are broken up too."""
    return _BROADCAST.sub(f"@{_WORD_JOINER}", escaped(text))


def units(text: str) -> int:
    """An upper bound of the length Slack counts: UTF-16 units of the escaped text."""
    return len(fallback(text).encode("utf-16-le")) // 2


def _label(inner: str, bot_user: str) -> str:
    target, _, label = inner.partition("|")
    if target.startswith("@"):
        return "" if target[1:] == bot_user else label
    if target.startswith("#"):
        return f"#{label}" if label else ""
    if target.startswith("!"):
        return label
    return label or target.removeprefix("mailto:")
