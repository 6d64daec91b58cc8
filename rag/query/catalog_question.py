"""Questions about cables as a set: how many, which, the latest, a timeline, topics, which posts, who signed most."""

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Literal

from rag.query.cable_conditions import CableConditions, read_conditions
from rag.query.phrasing import CONTENT, LONGEST, Phrasing, PhrasingReader
from rag.text.number_words import FIGURES
from rag.text.surface_facts import names

Shape = Literal["size", "count", "list", "first", "timeline", "topics", "groups"]
Group = Literal["post", "signer", "year", "month", "tag", "classification"]

_SHAPES: Mapping[str, Shape] = {
    "size": "size", "count": "count", "list": "list", "latest": "first", "earliest": "first", "timeline": "timeline",
    "topics": "topics",
}  # fmt: skip
_GROUPS: Mapping[str, Group] = {
    "by_post": "post", "by_signer": "signer", "by_year": "year", "by_month": "month", "by_tag": "tag",
    "by_level": "classification",
}  # fmt: skip
_FEWEST = re.compile(r"\b(?:fewest|least|rarest|rarely)\b", re.IGNORECASE)
_ORDINARY = frozenset(("one", "first"))
"""Words for numbers that mostly say something else: "the latest one"."""
_MOST = 100  # a number above it is no number of results
_SEVERAL = re.compile(
    r"\b(?:latest|newest|recent|last|earliest|oldest|first)\W+(?:\w+\W+){0,3}?"
    r"(?:cables|telegrams|d[ei]spatches|documents|messages|reports|records|items|files|ones)\b",
    re.IGNORECASE,
)
_IN_ORDER = re.compile(r"\b(?:oldest|newest|earliest|latest|most recent) (?:ones? )?first\b", re.IGNORECASE)
_SHOWN_OF_SEVERAL = 10
_CABLES = re.compile(
    r"\b(?:cables?|telegrams?|d[ei]spatch(?:es)?|documents?|docs?|messages?|reports?|reporting|records?|items?|files?|pieces?"
    r"|traffic|material|correspondence|entries|holdings?|archive|collection|corpus|database|everything|anything"
    r"|whatever|all|stuff|ones?|times?)\b",
    re.IGNORECASE,
)
_TOPICS = re.compile(rf"{_CABLES.pattern}|\b(?:topics?|subjects?|themes?|tags?|issues?|about)\b", re.IGNORECASE)
_POSTS = re.compile(
    rf"{_CABLES.pattern}|\b(?:posts?|embass\w+|missions?|consulates?|stations?|where|whence|senders?|origins?)\b",
    re.IGNORECASE,
)
_SPEAKS_OF = {"topics": _TOPICS, "by_post": _POSTS, "size": re.compile("")}
"""By kind, what such a question has a word for, where it is not cables alone."""


@dataclass(frozen=True, slots=True)
class CatalogQuestion:
    """What is asked of the cables that meet `conditions`.

    `group` is what they are counted by; `latest` which end of time is meant, None for neither; `most` how many results
    are wanted, None for all; `fewest` asks for the smallest groups first.
    """

    shape: Shape
    conditions: CableConditions
    group: Group | None = None
    latest: bool | None = None
    most: int | None = None
    fewest: bool = False


def read_catalog_question(question: str, posts: Container[str], phrasings: PhrasingReader) -> CatalogQuestion | None:
    """The question about cables as a set that these words ask; None where they ask anything else, or may do so.

    `posts` are those of the archive, as ids spell them.
    """
    read = phrasings.read(question, posts) if len(question) <= LONGEST else None
    if read is None or read.kind == CONTENT or not read.is_sure:
        return None
    conditions = read_conditions(question, read, posts)
    if conditions is None or not _is_of_cables(question, read.kind, conditions):
        return None
    if read.kind == "by_signer" and conditions.signer:
        return CatalogQuestion("list", conditions)
    if read.kind in _GROUPS:
        return CatalogQuestion("groups", conditions, _GROUPS[read.kind], fewest=_FEWEST.search(question) is not None)
    shape = _SHAPES[read.kind]
    if shape == "size" and conditions != CableConditions():
        shape = "count"
    if shape in ("size", "count") and conditions == CableConditions() and names(question):
        return None  # what it names may be what it counts
    if shape == "first" and _number(read) is None and _IN_ORDER.search(question):
        shape = "list"
    latest = read.kind == "latest" if shape == "first" else None
    most = _number(read) if shape in ("first", "topics") else None
    if shape == "first" and most is None:
        most = _SHOWN_OF_SEVERAL if _SEVERAL.search(question) else 1
    return CatalogQuestion(shape, conditions, latest=latest, most=most)


def _is_of_cables(question: str, kind: str, conditions: CableConditions) -> bool:
    """Whether a question on a topic, or without any condition, has a word for cables; a timeline needs a topic."""
    if kind == "timeline":
        return bool(conditions.terms)
    if kind == "by_post" and conditions.absent:
        return False  # a place beside "which embassy" is what the texts speak of
    bare = conditions == CableConditions()
    return not (bare or conditions.terms) or _SPEAKS_OF.get(kind, _CABLES).search(question) is not None


def _number(read: Phrasing) -> int | None:
    """How many are asked for: the first number that is of no time and no topic."""
    inside = [span for span in (read.topic, read.signer) if span]
    for token in read.tokens:
        word = token.text.casefold()
        figures = FIGURES.get(word, word) if word not in _ORDINARY else ""
        told = token.hint != "TIME" and not any(span.start <= token.start < span.end for span in inside)
        if told and figures.isdigit() and 0 < int(figures) <= _MOST:
            return int(figures)
    return None
