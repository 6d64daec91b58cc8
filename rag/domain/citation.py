"""Citations: how readers write cables and paragraphs (`TOKYO 2367 ¶3`), and one tolerant reader for them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from rag.domain.cable_id import CableId, compact_post
from rag.domain.paragraph_key import Locator

_ORDINALS = {1: "st", 2: "nd", 3: "rd"}


def cable_label(post: str, cable: CableId, with_year: bool = False) -> str:
    """A cable as a reader writes it: `TOKYO 2367`, or `08 TOKYO 2367` where two cables would share the label.

    `post` is the post's name as the message line prints it (`NEW DELHI`).
    """
    year = f"{cable.year:02d} " if with_year else ""
    return f"{year}{post} {cable.serial}"


def cite(label: str, locator: Locator) -> str:
    """The citation of a paragraph of the cable with this label."""
    if locator.unnumbered:
        return f"{label} (unnumbered, {_ordinal(locator.number)} paragraph)"
    if locator.number == 0:
        return f"{label} (preamble)"
    repeat = f" ({_ordinal(locator.occurrence)})" if locator.occurrence > 1 else ""
    return f"{label} ¶{locator.number}{repeat}"


def _ordinal(number: int) -> str:
    suffix = "th" if 10 <= number % 100 <= 20 else _ORDINALS.get(number % 10, "th")
    return f"{number}{suffix}"


@dataclass(frozen=True, slots=True)
class TypedCitation:
    """A citation as somebody typed it, not yet looked up in an archive.

    `words` are the one to four words before the serial, upper case: the post is the last one or more of them
    (`("SEE", "NEW", "DELHI")`). `year` has two digits or is None; with a year in front, all words belong to the post.
    `start` and `end` are its place in the text.
    """

    words: tuple[str, ...]
    serial: int
    year: int | None = None
    locator: Locator | None = None
    start: int = 0
    end: int = 0
    year_follows: bool = False
    """Whether the year stands behind: "Tokyo 2367 of 2008"."""

    def posts(self) -> Iterator[str]:
        """The posts it may mean, as ids spell them, longest first."""
        first = 1 if self.year is None or self.year_follows else len(self.words)
        for size in range(len(self.words), first - 1, -1):
            yield compact_post("".join(self.words[-size:]))


_NOUNS = frozenset("CABLE TELEGRAM MESSAGE REPORT".split())
"""What may stand between the post and the serial: "Tokyo cable 2367"."""
_PARAGRAPH_SIGN = r"(?:¶{1,3}|\#|§|\bparagraphs?\b\.?|\bparas?\b\.?|\bpars?\b\.?|\bp\b\.?)"
_LOCATOR = (
    r"(?P<locator>u?\d{1,4})(?!\d)(?:\s{0,2}(?:~\s{0,2}(?P<repeat>\d{1,2})|\((?P<nth>\d{1,2})(?:st|nd|rd|th)\)))?"
)
_CITATION = re.compile(
    rf"""
    (?:{_PARAGRAPH_SIGN}\s{{0,3}}(?P<locator_before>u?\d{{1,4}})\s{{1,3}}(?:of|in)\s{{1,3}})?
    (?:(?<![\w#])(?:19|20)?(?P<year>\d\d)[ _-]{{0,2}})?
    (?P<words>(?<![^\W\d_])[^\W\d_]{{2,20}}\.?(?:[ _-][^\W\d_]{{2,20}}\.?){{0,3}})
    [ _-]{{0,3}}(?:no\.?\s?|\#\s?)?0{{0,6}}(?P<serial>[1-9]\d{{0,6}})(?![A-Za-z\d])(?!\.\d)
    (?:,?\s(?:of|from|in|sent\sin|dated|written\sin)\s(?:the\syear\s)?(?P<year_after>19[6-9]\d|20[0-2]\d)(?![\d.,]\d))?
    (?:
      [ ,;:]{{0,3}}{_PARAGRAPH_SIGN}\s{{0,3}}{_LOCATOR}
    | \s{{0,2}}\((?P<preamble>preamble)\)
    | \s{{0,2}}\(unnumbered,\s(?P<unnumbered>\d{{1,3}})(?:st|nd|rd|th)\sparagraph\)
    )?
    """,
    re.IGNORECASE | re.VERBOSE,
)


def read_citation(text: str) -> TypedCitation | None:
    """Read one citation in any spelling people use: "Tokyo 2367 para 3", "08TOKYO2367#3", "new delhi 123 ¶ 4".

    Returns None where the text as a whole is not a citation.
    """
    match = _CITATION.fullmatch(_fold(text).strip().strip("[]\"'“”.,;:"))
    return None if match is None else _typed(match)


def find_citations(text: str) -> list[TypedCitation]:
    """Everything in the text that has the form of a citation, in order; only an archive knows which ones exist."""
    return [_typed(match) for match in _CITATION.finditer(_fold(text))]


def _fold(text: str) -> str:
    # NFKC turns no-break spaces and full-width digits into plain ones; ¶ and # are kept.
    return re.sub(r"\s", " ", unicodedata.normalize("NFKC", text))


def _typed(match: re.Match[str]) -> TypedCitation:
    words = tuple(word.strip(".").upper() for word in re.split(r"[ _-]", match["words"]))
    year = match["year"] or (match["year_after"] or "")[2:]
    return TypedCitation(
        words=words[:-1] if len(words) > 1 and words[-1] in _NOUNS else words,
        serial=int(match["serial"]),
        year=int(year) if year else None,
        locator=_locator(match),
        start=match.start(),
        end=match.end(),
        year_follows=match["year"] is None and match["year_after"] is not None,
    )


def _locator(match: re.Match[str]) -> Locator | None:
    if match["preamble"]:
        return Locator(0)
    if match["unnumbered"]:
        return Locator(int(match["unnumbered"]), unnumbered=True)
    printed = match["locator"] or match["locator_before"]
    if printed is None:
        return None
    unnumbered = printed[0] in "uU"
    repeat = match["repeat"] or match["nth"]
    return Locator(int(printed.lstrip("uU")), 1 if unnumbered or not repeat else int(repeat), unnumbered)
