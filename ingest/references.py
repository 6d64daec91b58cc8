"""The REF field: other cables, each as a canonical id.

`REF: A. STATE 89769 (NOTAL) B. 07 TOKYO 5423 C. TOKYO 12 AND 14`: an entry is a year where it is not the cable's own,
a post, and a serial (5 FAH-2 H-322). Labels, commas, line breaks and comments stand between entries in every way.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.header_text import header
from ingest.labels import REF_INLINE, REF_INLINE_STOP, REF_LINE, STOP_LINE
from ingest.posts import leading_words, resolve_post
from ingest.reference_tokens import BREAK, Kind, Token, tokens
from rag.cable_id import compact_post, full_year

_LONGEST = 6_000  # characters of one REF value looked at
_PROSE = 8  # words in a line without a number
_MOST_DIGITS = 7

# After a blank line the list goes on only with a label or an entry.
_ENTRY = re.compile(
    r"[ \t¶]{0,40}(?:-[ \t]{1,12})?1?(?:\(?[A-Za-z]{1,2}[.):]|(?:REF[ \t]{1,4})?[A-Z][ \t]"
    r"|(?:(?:19|20)?\d\d[ \t]{0,4})?[A-Z' ]{2,24}[ \t]{1,4}\d{1,6}\b)"
)
_LABELLED_ENTRY = re.compile(
    r"[ \t¶]{0,40}(?:-[ \t]{1,12})?\(?[A-Za-z][.):]{1,2}[ \t]{0,4}(?:(?:19|20)?\d\d[ \t]{0,4})?"
    r"[A-Za-z' ]{2,24}[ \t]{1,4}\d{1,6}\b"
)

# Words that carry numbers of their own.
_NUMBERED_ELSEWHERE = """
JAN FEB MAR APR MAY JUN JUL AUG SEP SEPT OCT NOV DEC JANUARY FEBRUARY MARCH APRIL JUNE JULY AUGUST SEPTEMBER OCTOBER
NOVEMBER DECEMBER IIR HOTR DTG MSG EMAIL EMAILS MAIL FAX MEMO MEMCON TELCON TELCONS LETTER LETTERS NOTE NOTES
DIPNOTE REPORT REPORTS CABLES TELEGRAMS DATED AND OF ON FROM TO FOR THE PARA PARAS PARAGRAPH ARTICLE UNSC UNSCR
RESOLUTION RES NUMBER NO NOS SECTION PART PAGE CIRCULAR AIRGRAM INTSUM SUBJ SUBJECT MTCR POC OSC FBIS FAM FAH USC
CFR PL EO PREVIOUS NOTAL EXDIS NODIS NOFORN SERIES VOL SITREP DAILY UPDATE TD TDX VERSION MEETING CALL USDAO DAO
DATT ET AL ETC SEPTEL SEPTELS EMBTEL
"""
_NO_POSTS = frozenset(_NUMBERED_ELSEWHERE.split())


@dataclass(slots=True)
class _Reader:
    """What has been read of the current entry."""

    year: int
    words: list[str] = field(default_factory=list)
    entry_year: int | None = None
    fresh: bool = True  # nothing but a label or year stands before the words
    last: tuple[int, str] | None = None  # year and post of the reference before, while more serials may follow
    listing: bool = False  # a comma or AND stands after it


def parse_references(text: str, year: int, cable_id: str | None = None) -> list[str]:
    """Canonical ids (`08STATE89769`) in order of appearance, each once, never `cable_id` itself.

    `year` is the cable's, with four digits: references without a year are of the same. Misspelled and shortened posts
    are resolved (`RIO DE JAN`); unknown names that stand alone with a serial are kept as printed.
    """
    found: dict[str, None] = {}
    for value in _values(header(text)):
        found.update(dict.fromkeys(_read(list(tokens(value)), year)))
    if cable_id is not None:
        found.pop(cable_id.upper(), None)
    return list(found)


def _values(head: str) -> Iterator[str]:
    """The texts behind each REF label."""
    position = 0
    while True:
        labels = [label for pattern in (REF_LINE, REF_INLINE) if (label := pattern.search(head, position))]
        if not labels:
            return
        label = min(labels, key=lambda match: (match.start(), -match.end()))
        value = _value(head[label.end() : label.end() + _LONGEST])
        yield value
        position = label.end() + len(value)


def _value(rest: str) -> str:
    parts: list[str] = []
    begun = blank = False
    for line in rest.split("\n"):
        if parts and line.strip() and _ends(line, blank):
            break
        stop = REF_INLINE_STOP.search(line)
        parts.append(line[: stop.start()] if stop else line)
        if stop:
            break
        begun = begun or bool(line.strip())
        blank = begun and not line.strip()
    return "\n".join(parts)


def _ends(line: str, blank: bool) -> bool:
    if REF_LINE.match(line) or _LABELLED_ENTRY.match(line):
        return False
    if STOP_LINE.match(line) or (blank and not _ENTRY.match(line)):
        return True
    return len(line.split()) >= _PROSE and not any(map(str.isdigit, line))


def _read(entries: list[Token], year: int) -> Iterator[str]:
    reader = _Reader(year)
    ahead = [*entries[1:], BREAK, BREAK]
    for index, token in enumerate(entries):
        if token.kind is Kind.WORD:
            _take_word(reader, token.text)
        elif token.kind is Kind.NUMBER:
            if reference := _take_number(reader, token.text, ahead[index], ahead[index + 1]):
                yield reference
        else:
            reader.words.clear()
            reader.entry_year = None
            reader.fresh = True
            reader.listing = token.kind is Kind.COMMA
            if not reader.listing:
                reader.last = None


def _take_word(reader: _Reader, word: str) -> None:
    if reader.last and word.upper() == "AND":
        reader.listing = True
        return
    reader.last = None
    reader.words.append(word)


def _take_number(reader: _Reader, number: str, following: Token, after: Token) -> str | None:
    serial = int(number) if len(number) <= _MOST_DIGITS else 0
    printed = _year(number, reader.year) if following.kind is Kind.WORD else None
    if printed and not leading_words(reader.words):
        reader.words.clear()
        reader.entry_year = printed
        reader.last = None
        return None
    if reader.words:
        post = _post(reader, following)
        reader.words.clear()
        reader.last = None
        reader.fresh = bool(post)
        if not post or not serial:
            return None
        if following.kind is Kind.NUMBER and after.kind is not Kind.WORD and len(following.text) == 4:
            reader.entry_year = _year(following.text, reader.year) or reader.entry_year
        reader.last = (reader.entry_year or reader.year, post)
        reader.entry_year = None
        return _reference(*reader.last, serial)
    if reader.last and reader.listing and serial:
        return _reference(*reader.last, serial)
    return None


def _post(reader: _Reader, following: Token) -> str | None:
    """The post that the words before a serial name."""
    if resolved := resolve_post(reader.words):
        post, size = resolved
        before = reader.words[:-size]
        return None if before and before[-1].upper() in {"USDAO", "DAO", "HOTR"} else post
    name = leading_words(reader.words)
    plausible = reader.fresh and 0 < len(name) <= 3 and all(word.isalpha() for word in name)
    if not plausible or any(word.upper() in _NO_POSTS for word in name) or len("".join(name)) < 4:
        return None
    if following.kind is Kind.NUMBER or (following.kind is Kind.WORD and len(following.text) > 1):
        return None
    return compact_post("".join(name))


def _year(number: str, own: int) -> int | None:
    """A printed year with four digits, where it is one and not after the cable's own."""
    if len(number) == 2:
        printed = full_year(int(number))
    elif len(number) == 4 and number[:2] in {"19", "20"}:
        printed = int(number)
    else:
        return None
    return printed if 1966 <= printed <= own else None


def _reference(year: int, post: str, serial: int) -> str:
    return f"{year % 100:02d}{post}{serial}"
