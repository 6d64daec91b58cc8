"""Citations in a draft: what is meant as one, and the cables that it names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from rag.catalog.catalog_reader import CatalogReader
from rag.domain.cable_id import CableId
from rag.domain.citation import TypedCitation, find_citations
from rag.domain.known_posts import POSTS, known_post
from rag.domain.post_names import NOT_POSTS
from rag.errors import BadInput
from rag.query.cited import YEARS

MOST_CHARACTERS = 1_000_000
MOST_CITATIONS = 2_000
_SURELY_NO_COUNT = 1000
"""A serial from which "Tokyo 2367" is a cable even where a word follows, as in "Madrid 12 people"."""
_ALIKE = 80  # of 100: how like a post its misspelled name is
_SHORTEST = 4  # letters of a name that may be a misspelled post
_ID = re.compile(r"(?:19|20)?\d\d[A-Z]{4,}\d")
_NO_POSTS = frozenset(NOT_POSTS.split())
_NO_COUNT = (
    "adds and argues as at but by claims describes for from has in is nor notes noted of on or quotes reported reports "
    "said saw says shows states that the to told was which who with writes wrote"
)
_GOES_ON = re.compile(
    rf"\s{{1,2}}(?!(?:{'|'.join(_NO_COUNT.split())})\b)[a-z]"
    r"|\s[A-Z][a-z]{2,8}\.?,?\s(?:19|20)\d\d|[-/]\d|,\d{3}|\s?%"
)
_ADDRESS = re.compile(r"(?:https?://|(?<=\]\())[^\s)>\]]{1,2000}")
_YEAR_BEHIND = re.compile(
    r"[ ,]{0,2}(?:\(|of )?(?:[A-Z][a-z]{2,8}\.? )?(?:\d{1,2},? )?(?:[A-Z][a-z]{2,8}\.? )?((?:19|20)\d\d)\b"
)


@dataclass(frozen=True, slots=True)
class DraftCitation:
    """A citation in a draft, its words those of the post, and the ids of the cables that it may mean."""

    typed: TypedCitation
    cables: tuple[str, ...]


def find_draft_citations(text: str, catalog: CatalogReader) -> list[DraftCitation]:
    """What is meant as a citation, in order; `cables` are those that the catalog's reader may see.

    Raises:
        BadInput: the text is too long, or has too many citations.
    """
    if len(text) > MOST_CHARACTERS:
        raise BadInput(
            f"the draft has {len(text):,} characters; at most {MOST_CHARACTERS:,} are checked at once: cut it in parts"
        )
    found: list[DraftCitation] = []
    reader = _DraftReader(text, catalog)
    for each in reader.citations(find_citations(_ADDRESS.sub(lambda address: " " * len(address[0]), text))):
        found.append(each)
        if len(found) > MOST_CITATIONS:
            raise BadInput(f"the draft has more than {MOST_CITATIONS:,} citations; cut it in parts")
    return found


class _DraftReader:
    def __init__(self, text: str, catalog: CatalogReader) -> None:
        self._text = text
        self._catalog = catalog
        self._posts = catalog.posts()
        self._known = sorted(POSTS | self._posts.keys())
        self._likenesses: dict[str, float] = {}

    def citations(self, found: Sequence[TypedCitation]) -> Iterator[DraftCitation]:
        labels = {(post, each.serial) for each in found for post in each.posts() if post in self._posts}
        cables = self._catalog.labelled(labels)
        for each in found:
            held = next(((post, ids) for post in each.posts() if (ids := self._ids(cables, post, each))), None)
            post, ids = held or (self._post(each), ())
            typed = each.with_post(post)
            if self._is_meant(typed, post, ids):
                yield DraftCitation(typed, self._of_year_behind(typed, ids))

    def _ids(self, cables: dict[tuple[str, int], list[str]], post: str, typed: TypedCitation) -> tuple[str, ...]:
        ids = cables.get((post, typed.serial), [])
        return tuple(each for each in ids if typed.year is None or CableId.parse(each).year == typed.year)

    def _post(self, typed: TypedCitation) -> str:
        """The post that a citation of a cable which is not held names: a known one, else the words in capitals."""
        posts = list(typed.posts())
        if known := next((post for post in posts if self._is_known(post)), None):
            return known
        if typed.locator is not None and self._likeness(near := max(posts[-2:], key=self._likeness)):
            return near
        ends = [start + len(word) for start, word in zip(typed.word_starts, typed.words, strict=True)]
        capitals = next((at for at in range(len(posts)) if self._text[typed.word_starts[at] : ends[-1]].isupper()), -1)
        return posts[capitals]

    def _is_known(self, post: str) -> bool:
        return post in self._posts or known_post(post) in POSTS

    def _likeness(self, post: str) -> float:
        """How like the post of the most similar name it is, of 100; 0 where none is similar."""
        if post not in self._likenesses:
            match = None
            if len(post) >= _SHORTEST and post not in _NO_POSTS:
                match = process.extractOne(post, self._known, scorer=fuzz.ratio, score_cutoff=_ALIKE)
            self._likenesses[post] = match[1] if match else 0.0
        return self._likenesses[post]

    def _is_meant(self, typed: TypedCitation, post: str, ids: Sequence[str]) -> bool:
        written = self._text[typed.word_starts[0] : typed.word_starts[-1] + len(typed.words[-1])]
        known = bool(ids) or self._is_known(post)
        if typed.year is not None:
            as_id = _ID.match(self._text, typed.start) is not None
            return bool(ids) or as_id or (known and (written.isupper() or typed.locator is not None))
        if typed.locator is not None:
            signed = re.search(r"[¶#]", self._text[typed.start : typed.end]) is not None
            misspelled = written[0].isupper() and self._likeness(post) > 0
            return known or misspelled or (written.isupper() and signed)
        if written.isupper():
            return known
        if not known or typed.serial in YEARS:
            return False
        if written[0].isupper() and not _GOES_ON.match(self._text, typed.end):
            return True
        return typed.serial >= _SURELY_NO_COUNT and (written[0].isupper() or bool(ids))

    def _of_year_behind(self, typed: TypedCitation, ids: Sequence[str]) -> tuple[str, ...]:
        """Of several cables the one of the year behind the citation, as in "MADRID 1003 (2009)", if there is one."""
        year = _YEAR_BEHIND.match(self._text, typed.end) if len(ids) > 1 else None
        of_year = [each for each in ids if year and CableId.parse(each).full_year == int(year[1])]
        return tuple(of_year if len(of_year) == 1 else ids)
