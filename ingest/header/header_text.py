"""The text of a telegram's header without what transmission and copying added to it.

Page lines come in two forms: `PAGE 02 HARARE 06677 01 OF 03 291400Z` up to 2001, often with the classification on a
line of its own before it, and `TOKYO 00002340 001.2 OF 002` since. Web copies add `&#8217;`, `[PREL](#)`, backslashes
at line ends, and write the pilcrow as `[1](#)`.
"""

import html
import re
from functools import lru_cache

from ingest.header.posts import resolve_post

_HEADER_LIMIT = 12_000  # characters; long address lists put the references this far down

_LINK = re.compile(r"\[([^\[\]\n]{1,60})\]\((?:#|https?:[^()\s]{1,200})\)")
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-fA-F]{1,5}|[a-zA-Z]{2,8});")
_LINE_END = re.compile(r"\\(?=['’\n]|$)")
_CLASSIFIED = r"(?:UNCLASSIFIED|UNCLAS|CONFIDENTIAL|SECRET|TOP SECRET|LIMITED OFFICIAL USE)"
_OLD_PAGE = re.compile(
    rf"(?:(?<![A-Za-z]){_CLASSIFIED}\s{{1,80}}(?:SIPDIS\s{{1,80}})?)?"
    r"PAGE\s{1,4}\d\d\s{1,20}"
    r"(?:[A-Z][A-Z ]{1,20}\s{1,4}\d{3,6}\s{1,4}(?:\d\d\s{1,4}OF\s{1,4}\d\d\s{1,4})?\d{6}Z"
    r"|RU[A-Z]{4,6}\d{3,5}(?:(?: [A-Z]){4,24}(?!\w) [A-Z][A-Z ]{2,20} \d{6})?)"
    r"(?:[ \t]{0,80}\n)?"
)
_NEW_PAGE = re.compile(r"0000\d{4}\s{1,4}\d{3}(?:\.\d)?\s{1,2}O[Ff]\s{1,2}\d{3}")
_WORD = re.compile(r"\S{1,20}")
_WORDS_BEFORE = re.compile(r"(?:[A-Za-z'.]{1,20}[ \t]{1,4}){1,4}\Z")

# Paragraph 1, where the header ends: `1.`, `¶1.`, `1. (C)`, or `11.` where the pilcrow was copied as a 1.
# A numbered list of references, and a paragraph 1 that only says who classified the telegram, belong to the header.
_FIRST_PARAGRAPH = re.compile(
    r"(?m)^[ \t]{0,20}¶?[ \t]?1?1[ \t]?[.)][ \t]{0,20}\\?"
    r"(?=[^\s\d])(?!(?:\([A-Z/]{1,5}\)[ \t]{0,4})?(?i:class?ified[ \t]{1,4}by))"
    r"(?!(?:[A-Z]{2,20}[ ]{1,2}){1,3}\d{2,6}\b)"
)


def cleaned(text: str) -> str:
    """The text with the traces of web copies undone: links, entities, backslashes, carriage returns."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "](" in text:
        text = _LINK.sub(lambda link: "¶" if link[1] == "1" else link[1], text)
    if "&" in text:
        text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    if "\\" in text:
        text = _LINE_END.sub("", text)
    return text.replace("\u00a0", " ")


def without_page_lines(text: str) -> str:
    """The text without page lines of either form, also within other lines."""
    if "PAGE" in text:
        text = _OLD_PAGE.sub("", text)
    kept, position = [], 0
    for page in _NEW_PAGE.finditer(text):
        start = _start_of_post(text, page.start(), position)
        kept.append(text[position:start])
        position = page.end()
    return "".join(kept) + text[position:]


def _start_of_post(text: str, end: int, floor: int) -> int:
    """Offset of the post's name before the serial of a page line, at least `floor`."""
    before = text[max(floor, end - 90) : end]
    words = _WORDS_BEFORE.search(before)
    if words is None:
        return end
    post = resolve_post(words[0].split())
    size = post[1] if post else 1
    starts = [word.start() for word in _WORD.finditer(words[0])]
    return end - len(before) + words.start() + starts[-size]


def beginning(text: str) -> str:
    """The first 12,000 characters, cleaned and without page lines; not cut off at paragraph 1."""
    return _beginning(text[:_HEADER_LIMIT])


def header_with_pages(text: str) -> str:
    """The cleaned header with its page lines: the text before paragraph 1, at most 12,000 characters."""
    return _header(text[:_HEADER_LIMIT])


def header(text: str) -> str:
    """The cleaned header without page lines."""
    return _header_without_pages(text[:_HEADER_LIMIT])


# Cached, because the parser of each field cleans the same text.
@lru_cache(maxsize=4)
def _beginning(start: str) -> str:
    return without_page_lines(cleaned(start))


@lru_cache(maxsize=4)
def _header(start: str) -> str:
    start = cleaned(start)
    first = _FIRST_PARAGRAPH.search(start)
    return start[: first.start()] if first else start


@lru_cache(maxsize=4)
def _header_without_pages(start: str) -> str:
    return without_page_lines(_header(start))
