"""Citations: how readers write cables and paragraphs (`TOKYO 2367 ¶3`), and one tolerant reader for them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from rag.domain.cable_id import CableId, compact_post
from rag.domain.paragraph_key import Locator, ordinal


def cable_label(post: str, cable: CableId, with_year: bool = False) -> str:
    """A cable as a reader writes it: `TOKYO 2367`, or `08 TOKYO 2367` where two cables would share the label.

    `post` is the post's name as the message line prints it (`NEW DELHI`).
    """
    year = f"{cable.year:02d} " if with_year else ""
    return f"{year}{post} {cable.serial}"


def cite(label: str, locator: Locator) -> str:
    """The citation of a paragraph of the cable with this label."""
    if locator.unnumbered:
        return f"{label} (unnumbered, {ordinal(locator.number)} paragraph)"
    if locator.number == 0:
        return f"{label} (preamble)"
    repeat = f" ({ordinal(locator.occurrence)})" if locator.occurrence > 1 else ""
    return f"{label} ¶{locator.number}{repeat}"


@dataclass(frozen=True, slots=True)
class TypedCitation:
    """A citation as somebody typed it, not yet looked up in an archive.

    `words` are the one to four words before the serial, upper case: the post is the last one or more of them
    (`("SEE", "NEW", "DELHI")`). `year` has two digits or is None; with a year in front, all words belong to the post.
    `start` and `end` are its place in the text, `word_starts` where its words begin. `further` are the other paragraphs
    of a range or a list ("¶¶3-5").
    """

    words: tuple[str, ...]
    serial: int
    year: int | None = None
    locator: Locator | None = None
    start: int = 0
    end: int = 0
    year_follows: bool = False
    """Whether the year stands behind: "Tokyo 2367 of 2008"."""
    word_starts: tuple[int, ...] = ()
    further: tuple[Locator, ...] = ()

    def posts(self) -> Iterator[str]:
        """The posts it may mean, as ids spell them, longest first."""
        first = 1 if self.year is None or self.year_follows else len(self.words)
        for size in range(len(self.words), first - 1, -1):
            yield compact_post("".join(self.words[-size:]))

    def with_post(self, post: str) -> "TypedCitation":
        """The same with no words but those of this post, which is one of `posts()`."""
        first = next(at for at in range(len(self.words)) if compact_post("".join(self.words[at:])) == post)
        leading = self.year is not None or self.start < self.word_starts[0]  # a year, or "para 3 of"
        start = self.start if leading else self.word_starts[first]
        return replace(self, words=self.words[first:], word_starts=self.word_starts[first:], start=start)


_NOUNS = frozenset("CABLE TELEGRAM MESSAGE REPORT".split())
"""What may stand between the post and the serial: "Tokyo cable 2367"."""
_PARAGRAPH_SIGN = r"(?:¶{1,3}|\#|§|\bparagraphs?\b\.?|\bparas?\b\.?|\bpars?\b\.?|\bp\b\.?)"
_LOCATOR = (
    r"(?P<locator>u?\d{1,4})(?!\d)(?:\s{0,2}(?:~\s{0,2}(?P<repeat>\d{1,2})|\((?P<nth>\d{1,2})(?:st|nd|rd|th)\)))?"
)
_PLURAL = r"(?P<plural>¶{2,3}|§§|\bparagraphs\b|\bparas\b\.?|\bpars\b\.?|\bpp\b\.?)"
_NUMBER = r"\d{1,4}(?![\w%]|[.,]\d)"
_RANGE = rf"\s?[-–—]\s?(?:¶\s?)?{_NUMBER}"
_MORE = rf"(?P<more>(?:{_RANGE})?(?(plural)(?:(?:\s?,\s?(?:and\s|&\s)?|\s(?:and|&)\s){_NUMBER}(?:{_RANGE})?){{0,30}}))"
_DATE = r"(?:,\s(?:[A-Z][a-z]{2,8}\.?\s\d{1,2},\s\d{4}|\d{1,2}\s[A-Z][a-z]{2,8}\.?\s\d{4}|n\.d\.),\s)?"
_YEAR = re.compile(r"[ ]((?:19|20)\d\d|0\d|10|[6-9]\d)[ ][A-Z]")
_MOST_IN_RANGE = 100  # paragraphs
_FURTHER = re.compile(r"([-–—]|,|and|&)\s?(?:and\s|&\s|¶\s?)?(\d+)", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z]+")
_SPACE = re.compile(r"\s")
_CITATION = re.compile(
    rf"""
    (?:{_PARAGRAPH_SIGN}\s{{0,3}}(?P<locator_before>u?\d{{1,4}})\s{{1,3}}(?:of|in)\s{{1,3}})?
    (?:(?<![\w#])(?:19|20)?(?P<year>\d\d)[ _-]{{0,2}})?
    (?P<words>(?<![^\W\d_])[A-Za-z]{{2,20}}\.?(?:[ _-][A-Za-z]{{2,20}}\.?){{0,3}})
    [ _-]{{0,3}}(?:no\.?\s?|\#\s?)?0{{0,6}}(?P<serial>[1-9]\d{{0,6}})(?![A-Za-z\d])(?!\.\d)
    (?:,?\s(?:of|from|in|sent\sin|dated|written\sin)\s(?:the\syear\s)?(?P<year_after>19[6-9]\d|20[0-2]\d)(?![\d.,]\d))?
    (?:
      {_DATE}[ ,;:]{{0,3}}(?:{_PLURAL}|{_PARAGRAPH_SIGN})\s{{0,3}}{_LOCATOR}{_MORE}
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
    folded, found, at = _fold(text), list[TypedCitation](), 0
    while match := _CITATION.search(folded, at):
        match = _with_its_year(match, folded)
        found.append(_typed(match))
        at = match.end()
    return found


def _with_its_year(match: re.Match[str], text: str) -> re.Match[str]:
    """What a match should be where it took the year of the next citation for a serial: "and 07 TOKYO 2367"."""
    if match["year"] or match.end() > match.end("serial") or not text[match.end("words") - 1].islower():
        return match
    year = _YEAR.match(text, match.end("words"))
    with_year = _CITATION.match(text, year.start(1)) if year else None
    return with_year if with_year and with_year["year"] else match


def _fold(text: str) -> str:
    """The text with plain spaces, digits and letters ("São" as "Sao"), each character where it was."""
    if text.isascii():
        return _SPACE.sub(" ", text)
    return "".join(map(_folded, text))


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    if character.isspace():
        return " "
    plain = unicodedata.normalize("NFKD", character)
    is_letter = plain[0].isascii() and plain[0].isalnum() and all(map(unicodedata.combining, plain[1:]))
    return plain[0] if is_letter else character


def _typed(match: re.Match[str]) -> TypedCitation:
    words = list(_WORD.finditer(match["words"]))
    if len(words) > 1 and words[-1][0].upper() in _NOUNS:
        del words[-1]
    locator = _locator(match)
    year = match["year"] or (match["year_after"] or "")[2:]
    return TypedCitation(
        words=tuple(word[0].upper() for word in words),
        serial=int(match["serial"]),
        year=int(year) if year else None,
        locator=locator,
        start=match.start(),
        end=match.end(),
        year_follows=match["year"] is None and match["year_after"] is not None,
        word_starts=tuple(match.start("words") + word.start() for word in words),
        further=() if locator is None else tuple(_further(locator, match["more"] or "")),
    )


def _further(first: Locator, more: str) -> Iterator[Locator]:
    """The paragraphs behind the first one of a range or a list, such as "-5, 7 and 9"."""
    last = first.number
    for sign, digits in _FURTHER.findall(more):
        number = int(digits)
        ranged = sign in "-–—" and last < number <= last + _MOST_IN_RANGE
        yield from map(Locator, range(last + 1, number + 1) if ranged else [number])
        last = number


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
