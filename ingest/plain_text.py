"""Plain text and markdown copies of telegrams, the 1970s kind of the National Archives among them."""

import re

from ingest.identifier_page import read_identifier_page
from ingest.raw_telegram import RawTelegram

_LINK = re.compile(r"\[(?P<shown>[^\[\]\n]{1,80})\]\((?P<target>[^()\s]{0,200})\)")
_PARAGRAPH_LINK = re.compile(
    r"(?m)^(?P<indent>[ \t]{0,40})\[[1¶]\]\([^()\s]{0,200}\)(?=\s{0,2}[0-9A-Za-z]{1,4}[.,)\s])"
)
_QUOTED_LINE = re.compile(r"(?m)^[ \t]{0,8}>[ ]?")
_BROKEN_LINE = re.compile(r"(?m)[ \t]{0,8}\\$")
# ¶ in UTF-8 read as Windows-1252, once or twice; in Mac Roman, DOS, or undecodable.
_LOST_PILCROW = re.compile(r"(?m)^(?P<indent>[ \t]{0,40})(?:Ã‚Â¶|Â¶|Â|[¦?\x14]|\ufffd|\\xb6)(?=[ ]?\d{1,3}[.,])")
_MARKED_NUMBER = re.compile(
    r"(?m)^(?P<indent>[ \t]{0,40})(?P<bold>\*\*)?(?P<number>¶?[ ]?\d{1,3})"
    r"(?(bold)\\?|\\)(?P<stop>[.)])(?(bold)\*\*)[ \t]{0,8}"
)
# The National Archives' own attributes stand behind the telegram (and were never part of it).
_ARCHIVE_TAIL = re.compile(r"(?m)^\s{0,40}(?:Message Attributes|Raw content|Metadata|<<\s?END OF DOCUMENT\s?>>)\s*$")
_EXTRACT_NOTE = re.compile(r"(?m)^\s{0,20}(This record is a partial extract of the original cable\.[^\n]{0,120})$")


def read_plain_text(text: str) -> RawTelegram:
    """The telegram of a text copy; the text need not be a telegram at all."""
    text = unmark(unlink(text))
    telegram = read_identifier_page(text)
    if telegram is None:
        telegram = RawTelegram(body=text)
    body, note = _without_note(_without_archive_tail(telegram.body))
    return RawTelegram(
        body=body,
        declared_id=telegram.declared_id,
        created=telegram.created,
        classification=telegram.classification,
        origin=telegram.origin,
        note=note,
    )


def unlink(text: str) -> str:
    """Markdown links as what a reader saw: `[PREL](#)` is PREL, and the `[1](#)` that web copies make of ¶ is ¶."""
    if "](" not in text:
        return text
    text = _PARAGRAPH_LINK.sub(r"\g<indent>¶", text)
    return _LINK.sub(r"\g<shown>", text)


def unmark(text: str) -> str:
    """The text without what mail and markdown put around lines: `> ` before all, a backslash at the end of most.

    A pilcrow that another encoding turned into `Â¶`, `¦` or the like is one again. A number set bold or escaped
    (`**3.**`, `3\\.`) becomes the number.
    """
    if ">" in text and _mostly(text, _QUOTED_LINE):
        text = _QUOTED_LINE.sub("", text)
    if "\\\n" in text and _mostly(text, _BROKEN_LINE, 0.3):
        text = _BROKEN_LINE.sub("", text)
    text = _LOST_PILCROW.sub(r"\g<indent>¶", text)
    if "**" in text or "\\" in text:
        text = _MARKED_NUMBER.sub(r"\g<indent>\g<number>\g<stop> ", text)
    return text


def _mostly(text: str, form: re.Pattern[str], share: float = 0.9) -> bool:
    """Whether the form fits so many of the lines that hold anything."""
    filled = sum(1 for line in text.split("\n") if line.strip())
    return filled > 2 and sum(1 for _ in form.finditer(text)) >= share * filled


def _without_archive_tail(body: str) -> str:
    tail = _ARCHIVE_TAIL.search(body)
    return body[: tail.start()] if tail and tail.start() > len(body) // 4 else body


def _without_note(body: str) -> tuple[str, str | None]:
    note = _EXTRACT_NOTE.search(body)
    return (body, None) if note is None else (body[: note.start()] + body[note.end() :], note[1])
