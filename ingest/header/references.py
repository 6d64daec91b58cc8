"""The REF field: other cables, each as a canonical id.

`REF: A. STATE 89769 (NOTAL) B. 07 TOKYO 5423 C. TOKYO 12 AND 14`: an entry is a year (where it differs from the
cable's), a post and a serial (5 FAH-2 H-322). Labels, commas, line breaks and comments separate entries.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.header.header_text import header
from ingest.header.labels import REF_INLINE, REF_INLINE_STOP, REF_LINE, STOP_LINE
from ingest.header.posts import leading_words, resolve_post
from ingest.header.reference_tokens import BREAK, Kind, Token, tokens
from rag.domain.cable_id import compact_post, full_year
from rag.domain.known_posts import known_post
from rag.domain.periods import MONTHS

_LONGEST = 6_000  # characters of one REF value looked at
_PROSE = 8  # words in a line without a number
_MOST_DIGITS = 7

# After a blank line only a label or an entry continues the list.
_ENTRY = re.compile(
    r"[ \t¶]{0,40}(?:-[ \t]{1,12})?1?(?:\(?[A-Za-z]{1,2}[.):]|(?:REF[ \t]{1,4})?[A-Z][ \t]"
    r"|(?:(?:19|20)?\d\d[ \t]{0,4})?[A-Z' ]{2,24}[ \t]{1,4}\d{1,6}\b)"
)
_LABELLED_ENTRY = re.compile(
    r"[ \t¶]{0,40}(?:-[ \t]{1,12})?\(?[A-Za-z][.):]{1,2}[ \t]{0,4}(?:(?:19|20)?\d\d[ \t]{0,4})?"
    r"[A-Za-z' ]{2,24}[ \t]{1,4}\d{1,6}\b"
)

# Documents that are no cables, and series that count the telegrams of a visit and not those of a post.
_DOCUMENTS = """
AIRGRAM DAO DIPNOTE EMAIL EMAILS FAX FBIS HOTR LETTER LETTERS MAIL MAILS MEMCON MEMO MEMORANDUM NOTE NOTES PHONECON
TELCON TELCONS USDAO CEDTO CODELTO HAKTO PARTO POLTO SECTO TOHAK TOPAR TOSEC VISTO
"""
# Other words before a number that are no posts.
_NOT_A_POST = """
IIR DTG MSG REPORT REPORTS CABLES TELEGRAMS DATED AND OF ON FROM TO FOR THE PARA PARAS PARAGRAPH ARTICLE UNSC UNSCR
RESOLUTION RES NUMBER NO NOS SECTION PART PAGE CIRCULAR ALL BOTH THROUGH THRU INTSUM SUBJ SUBJECT MTCR POC OSC FAM FAH
USC CFR PL EO PREVIOUS NOTAL EXDIS NODIS NOFORN SERIES VOL SITREP DAILY UPDATE TD TDX VERSION MEETING CALL PROTOCOL
TREATY AGREEMENT DATT ET AL ETC SEPTEL SEPTELS EMBTEL
"""
_NO_CABLES = frozenset(_DOCUMENTS.split())
_MONTHS = frozenset(month.upper() for month in MONTHS)
_NO_POSTS = _NO_CABLES.union(_NOT_A_POST.split(), _MONTHS)


@dataclass(slots=True)
class _Entry:
    """The state of parsing: what is known of the current entry, and of the one before."""

    year: int
    words: list[str] = field(default_factory=list)
    entry_year: int | None = None
    at_start: bool = True  # only a label or year precedes the words
    last: tuple[int, str] | None = None  # year and post of the reference before, if more serials may follow
    listing: bool = False  # a comma or AND follows it


def parse_references(text: str, year: int, cable_id: str | None = None) -> list[str]:
    """Canonical ids (`08STATE89769`) in order of appearance, each once, never `cable_id` itself.

    `year` is the cable's year, four digits; it is that of references without a year. Misspelled and shortened posts are
    resolved (`RIO DE JAN`). Unknown names alone with a serial are kept as printed.
    """
    references: dict[str, None] = {}
    for value in _values(header(text)):
        references.update(dict.fromkeys(_parse(list(tokens(value)), year)))
    if cable_id is not None:
        references.pop(cable_id.upper(), None)
    return list(references)


def _values(head: str) -> Iterator[str]:
    """The text after each REF label."""
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


def _parse(value: list[Token], year: int) -> Iterator[str]:
    entry = _Entry(year)
    padded = [*value, *[BREAK] * 4]
    for index, token in enumerate(value):
        if token.kind is Kind.WORD:
            _take_word(entry, token.text)
        elif token.kind is Kind.NUMBER:
            if reference := _take_number(entry, token, padded[index + 1 : index + 5]):
                yield reference
        elif token.kind is Kind.YEAR:
            entry.entry_year = _year_before(token, padded[index + 1 : index + 5], year)
        else:
            entry.words.clear()
            entry.entry_year = None
            entry.at_start = True
            entry.listing = token.kind is Kind.COMMA
            if not entry.listing:
                entry.last = None


def _take_word(entry: _Entry, word: str) -> None:
    if entry.last and word.upper() == "AND":
        entry.listing = True
        return
    entry.last = None
    entry.words.append(word)


def _take_number(entry: _Entry, number: Token, following: list[Token]) -> str | None:
    serial = int(number.text) if len(number.text) <= _MOST_DIGITS else 0
    printed = _year_before(number, following, entry.year)
    if printed and (following[0].kind is Kind.NUMBER or not leading_words(entry.words)):
        entry.entry_year = printed
        entry.last = None
        return None
    if entry.words:
        post = _post(entry, following)
        year = entry.entry_year or _year_behind(following, entry.year) or entry.year
        entry.words.clear()
        entry.last = entry.entry_year = None
        entry.at_start = bool(post)
        if not post or not serial or _is_day(serial, following):
            return None
        entry.last = (year, post)
        entry.listing = False
        return _reference(*entry.last, serial)
    if entry.last and entry.listing and serial:
        year, post = entry.last
        entry.listing = False
        return _reference(_year_behind(following, entry.year) or year, post, serial)
    return None


def _year_before(year: Token, following: list[Token], own: int) -> int | None:
    """The year printed before a post or serial: `07 TOKYO 45`, `(07) TOKYO 45`, `TOKYO 07 456`."""
    first, second = following[:2]
    if first.kind is Kind.NUMBER:
        is_serial = len(first.text) > 2 and _year(first.text, own) is None and second.kind is not Kind.NUMBER
        before = year.kind is Kind.YEAR or (len(year.text) == 2 and is_serial)
    else:
        is_name = first.kind is Kind.WORD and first.text.upper() != "AND" and not _is_label(first, second)
        before = is_name and (year.kind is Kind.NUMBER or len(first.text) > 1)
    return _year(year.text, own) if before else None


def _year_behind(following: list[Token], own: int) -> int | None:
    """The year printed behind a serial: `TOKYO 45 (07)`, `TOKYO 45 2007`."""
    first, second, third = following[:3]
    if first.kind is Kind.YEAR:
        return None if _year_before(first, following[1:], own) else _year(first.text, own)
    ends = second.kind in {Kind.BREAK, Kind.COMMA} or _is_label(second, third)
    return _year(first.text, own) if first.kind is Kind.NUMBER and ends else None


def _is_label(word: Token, following: Token) -> bool:
    return word.kind is Kind.WORD and len(word.text) == 1 and following.kind is Kind.BREAK


def _post(entry: _Entry, following: list[Token]) -> str | None:
    """The post named by the words before a serial; None where they name something else."""
    words = [word.upper() for word in entry.words]
    if words[-1] in _NO_POSTS:
        return None
    resolved = resolve_post(words)
    if resolved is None:
        return _unknown_post(words, following[0]) if entry.at_start else None
    post, size = resolved
    before = words[:-size]
    if not _NO_CABLES.isdisjoint(before) and before[-1] != "AND":
        return None
    if len(leading_words(before)) > 1:
        entry.entry_year = None  # of another document: `2007 HUMAN RIGHTS REPORT TOKYO 12`
    return post


def _is_day(number: int, following: list[Token]) -> bool:
    """`TOKYO 12 MAY 2008` ends with a date, `TOKYO 12 MAY 3` with the date of a telegram."""
    month, day = following[:2]
    return number < 32 and month.text.upper() in _MONTHS and not (day.kind is Kind.NUMBER and len(day.text) < 3)


def _unknown_post(words: list[str], following: Token) -> str | None:
    """A name of no known post, where it stands alone with a serial; `GENEVA ROUND 12` and `XXXXXXXX 12` name none."""
    name = leading_words(words)
    plausible = 0 < len(name) <= 3 and all(word.isalpha() for word in name) and _NO_POSTS.isdisjoint(name)
    if not plausible or (len(name) > 1 and known_post(name[0])):
        return None
    if following.kind is Kind.NUMBER or (following.kind is Kind.WORD and len(following.text) > 1):
        return None
    post = compact_post("".join(name))
    return post if len(post) > 3 and post.strip("X") else None


def _year(number: str, own: int) -> int | None:
    """A printed year with four digits; None where the number is no year from 1966 to the cable's own."""
    if len(number) == 2:
        printed = full_year(int(number))
    elif len(number) == 4 and number[:2] in {"19", "20"}:
        printed = int(number)
    else:
        return None
    return printed if 1966 <= printed <= own else None


def _reference(year: int, post: str, serial: int) -> str:
    return f"{year % 100:02d}{post}{serial}"
