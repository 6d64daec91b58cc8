"""Slack's markup: what people typed as plain text, and text of ours that Slack shows as it is.

Format: https://docs.slack.dev/messaging/formatting-message-text ("&", "<" and ">" are its only control characters;
everything special, such as a mention or a link, stands between angle brackets).
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
    """Text for a `plain_text` object: shown as it is, whatever it holds."""
    for sign, escape in _ESCAPES:
        text = text.replace(sign, escape)
    return text


def fallback(text: str) -> str:
    """Text for a message's `text` field, which Slack may read as markup: broadcasts are broken up as well."""
    return _BROADCAST.sub(f"@{_WORD_JOINER}", escaped(text))


def units(text: str) -> int:
    """Length as Slack may count it at most: UTF-16 units of the escaped text."""
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
