"""A question asked again with one thing in it replaced: another time, post, country or person."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from rag.domain.cable_id import compact_post
from rag.domain.periods import MONTHS
from rag.query.hard_filters import read_hard_filters
from rag.query.named_times import NamedTime, named_times
from rag.text.countries import country_names
from rag.text.surface_facts import folded, without_possessive

Kind = Literal["post", "country", "name"]

_RUN = re.compile(r"\b[^\W\d_a-z][\w'’-]*(?: (?:(?:de|of|al|bin|van|the) )?[^\W\d_a-z][\w'’-]*){0,5}")
_OPENERS = frozenset(
    "who whom whose what which when where why how did does do is are was were has had have can could will would in on "
    "at from for to of by the a an and according embassy consulate mission president minister ambassador i".split()
)
_FROM = re.compile(r"(?:sent |written |coming )?(?:from|by|out of) (?:the )?(?:(?:u\.?s\.? )?embassy (?:in )?)?", re.I)
_LEADING = re.compile(r"^(?:in|on|at|from|for|to|of|by|about|with|the|those|these) ", re.IGNORECASE)
_TIME_PREPOSITION = re.compile(r"\b(?:in|on|during|of|for|dated|from|by|over)(?: the)? $", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text, from where to where, and what it may be of."""

    start: int
    end: int
    kinds: frozenset[Kind]


def with_condition(question: str, words: str, posts: Collection[str]) -> str:
    """The question under the condition that these words state: in place of one of its kind, else added.

    `posts` are the archive's, as ids spell them.
    """
    bare = question.rstrip(" ?.!")
    times = named_times(words)
    if times:
        bare = _with_time(bare, words, times[0])
        words = f"{words[: times[0].start]} {words[times[0].end :]}"
    words = " ".join(words.split())
    if not (named := list(mentions(words, posts))):
        rest = _LEADING.sub("", f"{words} ").strip() if times else words
        return f"{bare}?" if times and len(rest) < 3 else f"{bare}? And about {words}?"
    return f"{_with_name(bare, words, named[0], posts)}?"


def mentions(text: str, posts: Collection[str]) -> Iterator[Mention]:
    """The posts, countries and other names of a text, in its order, without possessive endings."""
    for run in _RUN.finditer(text):
        words = [(match[0], run.start() + match.start()) for match in re.finditer(r"\S+", run[0])]
        while words:
            size, kinds = next(
                ((size, kinds) for size in range(len(words), 0, -1) if (kinds := _kinds(words[:size], posts))),
                (len(words), frozenset[Kind]()),
            )
            if kinds:
                yield _mention(words[:size], kinds)
            else:
                size = 1
                while size < len(words) and not _kinds(words[size : size + 1], posts):
                    size += 1
                if (name := _trimmed(words[:size])) and name[0][0].casefold() not in MONTHS:
                    yield _mention(name, frozenset(("name",)))
            words = words[size:]


def _kinds(words: list[tuple[str, int]], posts: Collection[str]) -> frozenset[Kind]:
    text = without_possessive(" ".join(word for word, _ in words))
    kinds: set[Kind] = set()
    if compact_post(text) in posts:
        kinds.add("post")
    if any(name == folded(text).rstrip(".'") for name, _ in country_names(text)):
        kinds.add("country")
    return frozenset(kinds)


def _trimmed(words: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Without the words of a question that have a capital because they open it, and without titles."""
    while words and words[0][0].casefold() in _OPENERS:
        words = words[1:]
    return words


def _mention(words: list[tuple[str, int]], kinds: frozenset[Kind]) -> Mention:
    last, at = words[-1]
    return Mention(words[0][1], at + len(without_possessive(last)), kinds)


def _with_time(question: str, words: str, time: NamedTime) -> str:
    new = words[time.start : time.end]
    if old := named_times(question):
        start, end = old[0].start, old[0].end
        if not re.match(r"\d|early|mid|late|" + "|".join(MONTHS), new, re.IGNORECASE):  # "before 2006" for "in 2008"
            before = _TIME_PREPOSITION.search(question, 0, start)
            start = before.start() if before and before.end() == start else start
        return question[:start] + new + question[end:]
    lead = words[: time.start].strip().lower()
    preposition = "" if re.match(r"before|after|since|until|between|from|by|up to", new, re.I) else "in "
    return f"{question}, in cables from {new}" if lead.endswith("from") else f"{question} {preposition}{new}"


def _with_name(question: str, words: str, new: Mention, posts: Collection[str]) -> str:
    name = words[new.start : new.end]
    own = list(mentions(question, posts))
    senders = read_hard_filters(question, {post: post for post in posts}).posts if "post" in new.kinds else ()
    old = [each for each in own if compact_post(question[each.start : each.end]) in senders]
    if "post" in new.kinds and not old and _FROM.match(words):
        return f"{question}, in cables from {name}"
    old = old or [each for each in own if each.kinds == new.kinds] or [each for each in own if each.kinds & new.kinds]
    if "name" in new.kinds and len(old) > 1:
        old = []
    if not old:
        return f"{question}? And about {words}"
    return question[: old[-1].start] + name + question[old[-1].end :]
