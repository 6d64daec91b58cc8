"""Conditions that a question states of the cables: "in cables sent from Madrid in 2007" narrows the search.

Only words that speak of the cables themselves are read as conditions ("cables from ...", "the embassy in ...
reported"). A place or a date that belongs to the story is left to the ranking.
"""

import re
from collections.abc import Mapping
from datetime import date

from rag.domain.cable_id import compact_post
from rag.domain.filters import Filters
from rag.domain.known_posts import known_post
from rag.query.named_times import named_times

_PLACE = r"(?P<place>[A-Z][\w.'’-]*(?: (?:de |d'|of )?[A-Z][\w.'’-]*){0,3})"
MISSION = r"(?:embass(?:y|ies)|consulates?(?: general)?|missions?|posts?|emb)"
_CABLES = r"(?:cables?|telegrams?|dispatch(?:es)?|reporting|reports?|messages?)"
_SENT = r"(?:(?:that (?:was|were) )?(?:sent|written|dated|filed|drafted|transmitted|originating) )?"

_FROM_POST = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?i:\b{_CABLES} {_SENT}(?:from|by|out of) (?:the )?(?:(?:u\.?s\.? )?{MISSION} (?:in |at |to )?)?){_PLACE}",
        rf"(?i:\b(?:according to|reported by|as told by|in the view of|sent by|sent from|did) (?:the )?"
        rf"(?:(?:u\.?s\.?|american) )?{MISSION} (?:in |at )?){_PLACE}",
        rf"(?i:\b(?:the )?(?:(?:u\.?s\.?|american) )?{MISSION} (?:in |at )?){_PLACE}"
        rf"(?i:,? (?:report|said|say|told|comment|assess|describ|think|thought|believ|note|judge|warn|view|"
        r"conclud|recommend|argue|cable|write|wrote))",
        rf"{_PLACE}(?:'s|’s)? (?i:{MISSION}'?s? (?:report|cable|said|telegram)|cables?\b|telegrams?\b|reporting\b)",
    )
)
_EMBASSY_IN = rf"(?:the )?(?:u\.?s\.? |american )?{MISSION} (?:in |at )?"
_LOWER_PLACE = r"(?P<place>[a-z][\w.'’-]*(?: [a-z][\w.'’-]*){0,3}?)"
_DID_REPORT = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bdid {_EMBASSY_IN}{_LOWER_PLACE} (?:report|say|tell|cable|write|think|make of|see|judge|note)\b",
        rf"\bwas {_EMBASSY_IN}{_LOWER_PLACE} (?:report|say|tell|cabl|writ)ing\b",
    )
)
_OF_ANOTHER_COUNTRY = re.compile(r"\b(?!U\.?S|American\b)[A-Z]\w*(?:ish|ese|an|ch|sh|['’]s) $")
_REPORTERS = re.compile(rf"\b(?<!['’]s )(?<!ese )(?<!ish )(?i:diplomats|embassy|consulate)(?: (?:in|at))? {_PLACE}")
_DATED_CABLES = r"(?:cables?|telegrams?|dispatch(?:es)?)"  # reports and messages of a time may be of the story
_BEFORE_TIME = re.compile(
    rf"(?i:\b{_DATED_CABLES}) (?i:{_SENT})(?:(?i:from|by|out of) (?i:(?:the )?(?:(?:u\.?s\.? )?{MISSION} "
    rf"(?:in |at )?)?){_PLACE},? )?(?i:{_SENT})(?i:(?:in|from|of|during|dated|for|on) )?$"
)
_LOOK_BACK = 120  # characters before a time in which the cables are named
_AFTER_TIME = re.compile(rf" (?:{_DATED_CABLES}|message|report)\b", re.IGNORECASE)
_LEVEL = re.compile(rf"(?i:\b(?P<level>top secret|secret|confidential|unclassified)) (?i:{_CABLES}\b)")
_TAGS = re.compile(
    rf"(?i:\b{_CABLES}\b[^.?!;]{{0,40}}?\b(?:tagged|(?:with|under) (?:the )?tags?)):? "
    r"(?P<tags>[A-Z]{2,5}(?:(?:, | and | or |, and |, or )[A-Z]{2,5})*)\b"
)


def read_hard_filters(question: str, posts: Mapping[str, str]) -> Filters:
    """Read posts, dates, TAGS and classification of the cables meant.

    `posts` maps the archive's posts, as ids spell them, to their names.
    """
    senders = frozenset(
        post
        for pattern in _FROM_POST
        for match in pattern.finditer(question)
        if (post := _held_post(match["place"], posts))
    )
    first, last = _dates(question)
    levels = frozenset(match["level"].upper() for match in _LEVEL.finditer(question))
    tags = frozenset(tag for match in _TAGS.finditer(question) for tag in re.findall("[A-Z]+", match["tags"]))
    return Filters(senders, tags, first, last, classifications=levels)


def posts_not_held(question: str, posts: Mapping[str, str]) -> tuple[str, ...]:
    """Posts, as the question spells them, whose cables it asks for and of which the archive holds none.

    Empty where it names a post that is held too.
    """
    places = [
        match["place"]
        for pattern in (*_FROM_POST, *_DID_REPORT)
        for match in pattern.finditer(question)
        if not _OF_ANOTHER_COUNTRY.search(question, 0, match.start())
    ]
    if any(_held_post(place, posts) for place in places):
        return ()
    return tuple(dict.fromkeys(name for place in places if (name := _known_post(place))))


def reporters_then(question: str, posts: Mapping[str, str]) -> Filters:
    """The post and time that "In 1985, what did the diplomats in Moscow report?" asks of; empty for other questions."""
    senders = {post for match in _REPORTERS.finditer(question) if (post := _held_post(match["place"], posts))}
    times = named_times(question)
    if len(senders) != 1 or len(times) != 1:
        return Filters()
    period = times[0].period
    return Filters(frozenset(senders), date_from=period.first, date_to=period.last)


def merged(chosen: Filters, read: Filters) -> Filters:
    """What the reader chose, completed by what the question says; the reader's own choice stands."""
    return Filters(
        posts=chosen.posts or read.posts,
        tags=chosen.tags or read.tags,
        date_from=chosen.date_from or (read.date_from if not chosen.date_to else None),
        date_to=chosen.date_to or (read.date_to if not chosen.date_from else None),
        cables=chosen.cables,
        classifications=chosen.classifications or read.classifications,
    )


def _held_post(place: str, posts: Mapping[str, str]) -> str | None:
    """The longest head of the place that is a post of the archive: "Port Zephyr in 2007" is PORTZEPHYR."""
    words = place.split()
    for size in range(len(words), 0, -1):
        post = compact_post("".join(words[:size]))
        post = post.removesuffix("S") if post not in posts and words[size - 1].endswith(("'s", "’s")) else post
        if post in posts:
            return post
    return None


def _known_post(place: str) -> str | None:
    """The longest head of the place that is a post of the Foreign Service."""
    words = re.sub(r"['’]s\b", "", place).split()
    heads = (" ".join(words[:size]) for size in range(len(words), 0, -1))
    return next((head for head in heads if known_post(head)), None)


def _dates(question: str) -> tuple[date | None, date | None]:
    """The first time that is said of the cables: "cables from Madrid before 2008", "a January 2008 message"."""
    for time in named_times(question):
        if _BEFORE_TIME.search(question, max(0, time.start - _LOOK_BACK), time.start) or _AFTER_TIME.match(
            question, time.end
        ):
            return time.period.first, time.period.last
    return None, None
