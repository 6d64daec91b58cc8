"""Plain text and Markdown copies of telegrams, those of the National Archives from the 1970s included."""

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.formats.header_lines import read_header_lines
from ingest.formats.identifier_page import read_identifier_page
from ingest.formats.mail_head import without_mail_heads
from ingest.formats.message_attributes import merged, read_attributes
from ingest.formats.raw_telegram import RawTelegram

_LINK = re.compile(r"\[(?P<shown>[^\[\]\n]{1,80})\]\((?P<target>[^()\s]{0,200})\)")
_PARAGRAPH_LINK = re.compile(
    r"(?m)^(?P<indent>[ \t]{0,40})\[[1¶]\]\([^()\s]{0,200}\)(?=\s{0,2}[0-9A-Za-z]{1,4}[.,)\s])"
)
_QUOTED_LINE = re.compile(r"(?m)^[ \t]{0,8}>[ ]?")
_BROKEN_LINE = re.compile(r"(?m)[ \t]{0,8}\\$")
# A pilcrow in UTF-8 decoded as Windows-1252, once or twice; in Mac Roman or a DOS code page; or undecodable.
_LOST_PILCROW = re.compile(r"(?m)^(?P<indent>[ \t]{0,40})(?:Ã‚Â¶|Â¶|Â|[¦?\x14]|\ufffd|\\xb6)(?=[ ]?\d{1,3}[.,])")
_MARKED_NUMBER = re.compile(
    r"(?m)^(?P<indent>[ \t]{0,40})(?P<bold>\*\*)?(?P<number>¶?[ ]?\d{1,3})"
    r"(?(bold)\\?|\\)(?P<stop>[.)])(?(bold)\*\*)[ \t]{0,8}"
)
# What the National Archives print after the telegram.
_ARCHIVE_TAIL = re.compile(r"(?m)^\s{0,40}(?:Message Attributes|Raw content|Metadata|<<\s?END OF DOCUMENT\s?>>)\s*$")
# A copy may run on with the telegram's first line behind the remark.
_EXTRACT_NOTE = re.compile(
    r"(?m)^\s{0,20}(This record is a partial extract of the original cable\."
    r"(?:[ ]{0,4}The full text of the original cable is not available\.|[^\n]{0,120}$)?)[ \t]{0,20}"
)


def read_plain_text(text: str) -> Iterator[RawTelegram]:
    """The telegram of a text copy; the text need not be a telegram at all."""
    text = without_mail_heads(unmark(unlink(text)))
    telegram = read_identifier_page(text) or read_header_lines(text) or RawTelegram(text)
    body, note = _without_note(telegram.body)
    body, tail = _split_archive_tail(body)
    yield replace(telegram, body=body, note=note, metadata=merged(telegram.metadata, read_attributes(tail)))


def unlink(text: str) -> str:
    """The text with Markdown links as the page showed them: `[PREL](#)` as `PREL`, and `[1](#)`, a copied ¶, as `¶`."""
    if "](" not in text:
        return text
    text = _PARAGRAPH_LINK.sub(r"\g<indent>¶", text)
    return _LINK.sub(r"\g<shown>", text)


def unmark(text: str) -> str:
    """The text without the marks of mail and Markdown: `> ` before most lines, backslashes at line ends.

    Pilcrows that were decoded wrongly (`Â¶`, `¦`) are restored. Bold and escaped numbers (`**3.**`, `3\\.`) become
    plain ones.
    """
    if ">" in text and _mostly(text, _QUOTED_LINE):
        text = _QUOTED_LINE.sub("", text)
    if "\\\n" in text and _mostly(text, _BROKEN_LINE, 0.3):
        text = _BROKEN_LINE.sub("", text)
    text = _LOST_PILCROW.sub(r"\g<indent>¶", text)
    if "**" in text or "\\" in text:
        text = _MARKED_NUMBER.sub(r"\g<indent>\g<number>\g<stop> ", text)
    return text


def _mostly(text: str, pattern: re.Pattern[str], share: float = 0.9) -> bool:
    """Whether the pattern matches at least this share of the lines that are not blank."""
    filled = sum(1 for line in text.split("\n") if line.strip())
    return filled > 2 and sum(1 for _ in pattern.finditer(text)) >= share * filled


def _split_archive_tail(body: str) -> tuple[str, str]:
    tail = _ARCHIVE_TAIL.search(body)
    return (body[: tail.start()], body[tail.end() :]) if tail and tail.start() > len(body) // 4 else (body, "")


def _without_note(body: str) -> tuple[str, str | None]:
    note = _EXTRACT_NOTE.search(body)
    return (body, None) if note is None else (body[: note.start()] + body[note.end() :], note[1])
