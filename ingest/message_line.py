"""The line that names the telegram, `C O N F I D E N T I A L SECTION 01 OF 02 TOKYO 002340`, and what classifies it.

The classification is spaced letters or words; behind it stand caveats, the section, the post and its serial. Until 2001
the first page line names post and serial: `PAGE 01        STATE  187673`. Captions such as NOFORN follow on lines of
their own, as does SENSITIVE, which turns an UNCLAS telegram into SBU.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.header_text import cleaned, header_with_pages
from ingest.posts import known_post


@dataclass(frozen=True, slots=True)
class MessageLine:
    """What the message line prints: classification with caveats, None on a page line; post; serial."""

    classification: str | None
    post: str
    serial: int


def _spaced(words: str) -> str:
    return "[ ]{1,3}".join(" ?".join(word) for word in words.split())


UNCLASSIFIED = "UNCLASSIFIED"
SBU = "UNCLASSIFIED//FOR OFFICIAL USE ONLY"
_LEVELS = ("UNCLASSIFIED", "LIMITED OFFICIAL USE", "CONFIDENTIAL", "SECRET", "TOP SECRET")
_RANKS = (UNCLASSIFIED, SBU, *_LEVELS[1:])
_LEVEL = "|".join(map(_spaced, sorted((*_LEVELS, "UNCLAS"), key=len, reverse=True)))

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
    # Without ASCII, letters such as the dotless i would match and then be no word of the list.
    re.IGNORECASE | re.ASCII,
)
# Copies double the first letter: `SS E C R E T`.
_CLASSIFIED = re.compile(
    rf"(?aim)^[ \t]{{0,40}}(?:([SCUTL])(?=\1))?(?P<level>{_LEVEL})(?![A-Za-z])(?P<rest>[^\n]{{0,160}})$"
)
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
_NOTHING = re.compile(r"[ \t/,.:;()*-]*(?:[A-Z]{3}\d{4})?[ \t]*")
_SENSITIVE_LINE = re.compile(rf"(?im)^[ \t]{{0,40}}(?:{_SENSITIVE})(?![A-Za-z])(?P<rest>[^\n]{{0,160}})$")


@dataclass(frozen=True, slots=True)
class _ClassifiedLine:
    level: str
    captions: tuple[str, ...]
    sensitive: bool
    post: str | None
    serial: int


def parse_message_line(text: str) -> MessageLine | None:
    """The first message line; a page line where the telegram has none; else None."""
    head = header_with_pages(text)
    for line in _classified_lines(head):
        if line.post:
            return MessageLine("//".join((line.level, *line.captions)), line.post, line.serial)
    start = cleaned(text[:_PAGES_SEARCHED])
    for pattern in _PAGE_LINES:
        if page := pattern.search(start):
            return MessageLine(None, " ".join(page["post"].split()), int(page["serial"]))
    return None


def starts_message(line: str) -> bool:
    """Whether the line is a message line, or prints nothing but a classification and captions."""
    match = _CLASSIFIED.match(line)
    return match is not None and _read_classified(match) is not None


def parse_classification(text: str) -> str | None:
    """UNCLASSIFIED, UNCLASSIFIED//FOR OFFICIAL USE ONLY, LIMITED OFFICIAL USE, CONFIDENTIAL, SECRET or TOP SECRET.

    The highest printed on a message line, or alone on a line of the header, so that a section or a copy marked lower
    never lowers the whole. UNCLAS with SENSITIVE is UNCLASSIFIED//FOR OFFICIAL USE ONLY.
    """
    head = header_with_pages(text)
    found = [SBU if line.sensitive and line.level == UNCLASSIFIED else line.level for line in _classified_lines(head)]
    if any(_only_caption(line["rest"]) or "UNCLAS" in line[0].upper() for line in _SENSITIVE_LINE.finditer(head)):
        found.append(SBU)
    return max(found, key=_RANKS.index, default=None)


def parse_caveats(text: str) -> list[str]:
    """NOFORN, NODIS, EXDIS, STADIS, REL TO ... from message lines and caption lines, each once, in order."""
    head = header_with_pages(text)
    found: dict[str, None] = {}
    for line in head.split("\n"):
        classified = _CLASSIFIED.match(line)
        read = _read_classified(classified) if classified else None
        if read:
            found.update(dict.fromkeys(read.captions))
        elif len(line) < 200 and _CAPTION.search(line) and _only_caption(line):
            found.update(dict.fromkeys(_captions(line)))
    return list(found)


def _classified_lines(head: str) -> Iterator[_ClassifiedLine]:
    for match in _CLASSIFIED.finditer(head):
        if line := _read_classified(match):
            yield line


def _read_classified(match: re.Match[str]) -> _ClassifiedLine | None:
    """The line read to its end; None for a sentence that begins with a classification word."""
    rest = match["rest"].rstrip()
    named = _POST_AND_SERIAL.match(_SECTION.sub(" ", _CAPTION.sub(" ", rest)).replace("/", " ").lstrip())
    remainder = _CAPTION.sub(" ", rest)
    if named and len(named["serial"]) < 5 and known_post(named["post"]) is None:
        named = None  # `SECRET TALKS 2008` in a wrapped subject
    if named is None and not _NOTHING.fullmatch(_SECTION.sub(" ", remainder)):
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
            known = next(known for known in _CAVEATS if known.replace(" ", "") == compact)
            yield known
        elif caption["release"]:
            yield " ".join(caption["release"].upper().split())
        elif caption["nf"]:
            yield "NOFORN"


def _only_caption(line: str) -> bool:
    return _NOTHING.fullmatch(_CAPTION.sub(" ", line)) is not None
