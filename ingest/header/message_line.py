"""The message line, `C O N F I D E N T I A L SECTION 01 OF 02 TOKYO 002340`, with classification and caveats.

The classification is printed in spaced letters or in words. Caveats, section, post and serial follow it. Until 2001 the
first page line names post and serial: `PAGE 01        STATE  187673`. Captions such as NOFORN follow on separate lines,
as does SENSITIVE, which makes an UNCLAS telegram SBU.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from ingest.header.header_text import cleaned, header_with_pages
from rag.domain.known_posts import known_post


@dataclass(frozen=True, slots=True)
class MessageLine:
    """What the message line prints: post, serial, classification with caveats (None on a page line)."""

    classification: str | None
    post: str
    serial: int


def _spaced(words: str) -> str:
    return "[ ]{1,3}".join("[ ]?".join(word) for word in words.split())


UNCLASSIFIED = "UNCLASSIFIED"
SBU = "UNCLASSIFIED//FOR OFFICIAL USE ONLY"
_LEVELS = ("UNCLASSIFIED", "LIMITED OFFICIAL USE", "CONFIDENTIAL", "SECRET", "TOP SECRET")
_RANKS = (UNCLASSIFIED, SBU, *_LEVELS[1:])
LEVEL_NAMES = sorted((*_LEVELS, "UNCLAS"), key=len, reverse=True)
"""The levels as telegrams print them, longer names first."""
LEVEL = "|".join(map(_spaced, LEVEL_NAMES))
"""A pattern of the levels, with or without spaces between their letters."""

_CAVEATS = (
    "NOFORN", "NODIS", "EXDIS", "STADIS", "LIMDIS", "ORCON", "PROPIN", "NOCONTRACT", "WNINTEL", "IMCON", "RELIDO",
    "ROGER CHANNEL", "EYES ONLY", "NO FORN",
)  # fmt: skip
_SENSITIVE = "|".join(
    map(_spaced, ("SENSITIVE BUT UNCLASSIFIED", "SENSITIVE", "SBU", "FOUO", "FOR OFFICIAL USE ONLY", "EFTO"))
)
_CAVEAT = "|".join(map(_spaced, _CAVEATS))
_RELEASE = r"REL(?:EASABLE)?(?:[ ]TO)?[ ][A-Z]{2,20}(?:[ ]?[,/][ ]?[A-Z]{2,20}|[ ]AND[ ][A-Z]{2,20}){0,20}"
_CAPTION = re.compile(
    rf"(?<![A-Za-z])(?:(?P<caveat>{_CAVEAT})|(?P<release>{_RELEASE})|(?P<sensitive>{_SENSITIVE})|(?P<nf>(?<=/)NF)"
    rf"|{_spaced('SIPDIS')})(?![A-Za-z])",
    # ASCII, or letters such as the dotless i would match words that are not in the list.
    re.IGNORECASE | re.ASCII,
)
# Copies have a stray letter before the first: `SS E C R E T`, `CSE C R E T`.
_CLASSIFIED = re.compile(rf"(?aim)^[ \t]{{0,40}}[A-Z]??(?P<level>{LEVEL})(?![A-Za-z])(?P<rest>[^\n]{{0,160}})$")
_SECTION = re.compile(r"(?i)S?ECTION[ ]{1,3}\d{1,2}[ ]{0,2}OF[ ]{0,2}\d{1,2}")
_POST_AND_SERIAL = re.compile(
    r"[ ]{0,4}(?P<post>[A-Z][A-Z.' -]{1,30}?)[ ]{1,4}(?P<serial>\d{2,7})(?!\d)", re.IGNORECASE
)
_PAGE_LINES = (
    re.compile(r"(?m)^[ \t]{0,40}PAGE[ ]01[ ]{1,20}(?P<post>[A-Z][A-Z.' ]{1,24}?)[ ]{1,8}(?P<serial>\d{3,6})(?!\d)"),
    re.compile(
        r"(?m)^[ \t]{0,40}(?P<post>[A-Za-z][A-Za-z.' ]{1,24}?)[ ]{1,4}00(?P<serial>\d{6})[ ]{1,4}\d{3}(?:\.\d)?[ ]OF"
    ),
)
_PAGES_SEARCHED = 24_000  # characters; the first page line of the form in use since 2002 stands on page 2
_PUNCTUATION = re.compile(r"[ \t/,.:;()*-]*(?:[A-Z]{3}\d{4})?[ \t]*")
_BEGINS_WITH_CAPTION = re.compile(_PUNCTUATION.pattern + _CAPTION.pattern, re.IGNORECASE | re.ASCII)
_SENSITIVE_LINE = re.compile(rf"(?im)^[ \t]{{0,40}}(?:{_SENSITIVE})(?![A-Za-z])(?P<rest>[^\n]{{0,160}})$")
# Lines that may begin with a marking. A line break rather than ^, because a literal at the start lets the search skip
# the rest of each line.
_MARKED_LINE = re.compile(
    r"(?i)\n[ \t]{0,40}(?=[SCUTLFENORPWI]|.[SCUTL])"
    r"(?:[A-Z]??(?:S ?E ?C ?R|C ?O ?N ?F ?I ?D|U ?N ?C ?L|T ?O ?P {1,3}S|L ?I ?M ?I)"
    r"|S ?E ?N ?S ?I|S ?B ?U|F ?O ?U ?O|F ?O ?R {1,3}O|E ?F ?T ?O|E ?X ?D|E ?Y ?E ?S"
    r"|N ?O ?(?:D ?I|C ?O ?N|F ?O)|N ?O {1,3}F ?O|L ?I ?M ?D|S ?T ?A ?D|O ?R ?C ?O|P ?R ?O ?P ?I"
    r"|W ?N ?I|I ?M ?C|REL(?:EASABLE)? |R ?E ?L ?I ?D|R ?O ?G ?E ?R)[^\n]*"
)
_SHORT = 64  # characters of a line that may be a marking though it is not all in capitals


@dataclass(frozen=True, slots=True)
class _ClassifiedLine:
    level: str
    captions: tuple[str, ...]
    sensitive: bool
    post: str | None
    serial: int


def parse_message_line(text: str) -> MessageLine | None:
    """The first message line; else what the first page line says; else None."""
    head = header_with_pages(text)
    for line in _classified_lines(head):
        if line.post:
            return MessageLine("//".join((line.level, *line.captions)), line.post, line.serial)
    start = cleaned(text[:_PAGES_SEARCHED])
    for pattern in _PAGE_LINES:
        if page := pattern.search(start):
            return MessageLine(None, " ".join(page["post"].split()), int(page["serial"]))
    return None


def read_message_line(line: str) -> MessageLine | None:
    """The message line that this one line is, with its post and serial; None for any other line."""
    read = _read_classified(line)
    return MessageLine("//".join((read.level, *read.captions)), read.post, read.serial) if read and read.post else None


def starts_message(line: str) -> bool:
    """Whether the line is a message line, or holds only a classification and captions."""
    return _read_classified(line) is not None


def parse_classification(text: str) -> str | None:
    """UNCLASSIFIED, UNCLASSIFIED//FOR OFFICIAL USE ONLY, LIMITED OFFICIAL USE, CONFIDENTIAL, SECRET or TOP SECRET.

    The highest on any message line or alone on a line of the header, so that a section or copy marked lower never
    lowers the whole. UNCLAS with SENSITIVE is UNCLASSIFIED//FOR OFFICIAL USE ONLY.
    """
    return highest(_levels(header_with_pages(text)))


# Cached, because publishers declare a few classifications.
@lru_cache(maxsize=64)
def declared_markings(classification: str) -> tuple[str | None, list[str]]:
    """Level and caveats of a publisher's classification, such as `SECRET//NOFORN`."""
    return highest_printed(classification.replace("//", " "))


def highest_printed(text: str) -> tuple[str | None, list[str]]:
    """The highest classification and all caveats that a whole text prints on message lines or alone on a line."""
    lines = _MARKED_LINE.findall(f"\n{text}")
    markings = [_line_markings(line) for line in lines if len(line) < _SHORT or line.isupper()]
    caveats = dict.fromkeys(caveat for _, caveats in markings for caveat in caveats)
    return highest(level for level, _ in markings if level), list(caveats)


# Cached, because a telegram repeats its message line.
@lru_cache(maxsize=1024)
def _line_markings(line: str) -> tuple[str | None, list[str]]:
    return highest(_levels(line)), _caveats(line)


def highest(levels: Iterable[str]) -> str | None:
    """The highest of levels as `parse_classification` names them; None where there is none."""
    return max(levels, key=_RANKS.index, default=None)


def _levels(text: str) -> list[str]:
    levels = [SBU if line.sensitive and line.level == UNCLASSIFIED else line.level for line in _classified_lines(text)]
    if any(_only_caption(line["rest"]) or "UNCLAS" in line[0].upper() for line in _SENSITIVE_LINE.finditer(text)):
        levels.append(SBU)
    return levels


def parse_caveats(text: str) -> list[str]:
    """NOFORN, NODIS, EXDIS, STADIS, REL TO ... from message lines and caption lines, each once, in order."""
    return _caveats(header_with_pages(text))


def _caveats(text: str) -> list[str]:
    caveats: dict[str, None] = {}
    for line in text.split("\n"):
        if read := _read_classified(line):
            caveats.update(dict.fromkeys(read.captions))
        elif len(line) < 200 and _BEGINS_WITH_CAPTION.match(line) and _only_caption(line):
            caveats.update(dict.fromkeys(_captions(line)))
    return list(caveats)


def _classified_lines(head: str) -> Iterator[_ClassifiedLine]:
    for match in _CLASSIFIED.finditer(head):
        if line := _read_classified(match[0]):
            yield line


# Cached, because a telegram repeats its message line.
@lru_cache(maxsize=256)
def _read_classified(line: str) -> _ClassifiedLine | None:
    """The parts of the line; None for one that has none, and for a sentence that begins with a classification word."""
    match = _CLASSIFIED.match(line)
    if match is None:
        return None
    rest = match["rest"].rstrip()
    named = _POST_AND_SERIAL.match(_SECTION.sub(" ", _CAPTION.sub(" ", rest)).replace("/", " ").lstrip())
    remainder = _CAPTION.sub(" ", rest)
    if named and len(named["serial"]) < 5 and known_post(named["post"]) is None:
        named = None  # `SECRET TALKS 2008` in a wrapped subject
    if named is None and not _PUNCTUATION.fullmatch(_SECTION.sub(" ", remainder)):
        return None
    level = match["level"].upper().replace(" ", "")
    level = next(known for known in reversed(_LEVELS) if known.replace(" ", "").startswith(level))
    sensitive = any(caption["sensitive"] for caption in _CAPTION.finditer(rest))
    captions = tuple(_captions(rest))
    post = " ".join(named["post"].split()) if named else None
    return _ClassifiedLine(level, captions, sensitive, post, int(named["serial"]) if named else 0)


def _captions(line: str) -> Iterator[str]:
    for caption in _CAPTION.finditer(line):
        if caption["caveat"]:
            compact = caption["caveat"].upper().replace(" ", "")
            yield next(known for known in _CAVEATS if known.replace(" ", "") == compact)
        elif caption["release"]:
            yield " ".join(caption["release"].upper().split())
        elif caption["nf"]:
            yield "NOFORN"


def _only_caption(line: str) -> bool:
    return _PUNCTUATION.fullmatch(_CAPTION.sub(" ", line)) is not None
