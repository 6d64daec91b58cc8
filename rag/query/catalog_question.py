"""Questions about cables as a set: how many, which, the latest, a timeline, main topics, which posts, who signed most.

Only a question that is understood to its last word is one; every other question asks for content.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from rag.query.cable_conditions import CableConditions, read_conditions
from rag.query.restated import restatements
from rag.text.number_words import FIGURES

Shape = Literal["size", "count", "list", "first", "timeline", "topics", "groups", "posts"]
Group = Literal["post", "signer", "year", "month", "tag", "classification"]

_LONGEST = 300  # characters
_NOUN = r"(?:cables?|telegrams?|dispatch(?:es)?|documents?)\b"
_ADJECTIVES = r"(?P<adjectives>(?:\S+ ){0,8}?)"
_TAIL = r"(?P<tail>.*)"
_GIVE = (
    r"(?:list|show|find|give|name|enumerate|display|get|print|tell|i need|i want|put together|prepare|(?:i['’]m "
    r")?looking for)(?: me| us)?"
)
_THINGS = r"(?:everything|anything|all|the material)"
_PLEASE = re.compile(
    r"^(?:(?:please|and|so|ok(?:ay)?|can you|could you|would you|i(?:'d| would) like to (?:know|see)|i want to "
    r"(?:know|see)"
    r"|tell me|do you know)[, ]+)+",
    re.IGNORECASE,
)
_MAIN = (
    r"(?:main|chief|top|most (?:common|frequent)|most frequently used|principal|key|major|commonest|biggest|dominant)"
)
_GROUPS: dict[str, Group] = {
    "post": "post", "posts": "post", "embassy": "post", "embassies": "post", "mission": "post", "missions": "post",
    "consulate": "post", "consulates": "post", "year": "year", "years": "year", "month": "month", "months": "month",
    "tag": "tag", "tags": "tag", "classification": "classification", "classifications": "classification",
    "level": "classification", "signer": "signer", "signers": "signer", "ambassador": "signer",
    "ambassadors": "signer",
}  # fmt: skip
_GROUP = "|".join(sorted(_GROUPS, key=len, reverse=True))


def _head(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"^{pattern}$", re.IGNORECASE)


_TIMELINE = _head(
    rf"(?:(?:{_GIVE} |make |build |draw up |create |write |what is |what's |compile )?(?:me |us )?(?:a |the |an )?"
    r"(?:brief |short |full |complete |detailed )?(?:timeline|time line|chronology|chronological (?:list|account|order|"
    r"overview|table)|(?:sequence|course) of events)(?: of (?:the )?(?:events|cables))?(?: of| for| on| about| "
    r"around| in"
    r"| concerning| regarding|:)?|what happened when (?:in|with|during)|(?:the )?(?:key |main |important "
    r")?(?:dates|events) (?:of|in|around)) (?P<tail>.+)"
)
_UNFOLDED = _head(
    r"how did (?P<tail>.+?) (?:unfold|develop|evolve|come about|proceed)"
    r",? (?:date by date|step by step|day by day|year by year|month by month|in order of time|chronologically)"
)
_SIZE = _head(
    r"how (?:big|large) is (?:the|this|your) (?:archive|collection)|what (?:does|do) (?:the|this|your) (?:archive"
    r"|collection) (?:hold|contain)"
    r"|how many paragraphs (?:are (?:there )?in|does|has|do you have in) (?:the|this|your) (?:archive"
    r"|collection)(?: have| hold| contain)?"
)
_GROUPED = _head(
    rf"(?:how many {_NOUN}|(?:the )?number of {_NOUN}|count (?:the )?{_NOUN}|{_NOUN})(?P<tail>.*?) (?:per|by|for "
    rf"each|in each|from each"
    rf"|of each|each|for every|from every) (?P<group>{_GROUP})(?P<more>(?:$|,| (?:are|were|was|is|there|in|from"
    rf"|since|before|after|do|does)\b).*)"
)
_COUNT = re.compile(
    r"\b(?:how many|how much(?= material)|(?:what(?:'s| is) )?the total(?: number)? of|(?:what(?:'s| is) )?(?:the "
    r")?(?:total |exact )?number of|count(?: up)?|tally(?: up)?|in total"
    rf"|(?:is|are) there (?=any |some |a )|(?:do|does) (?:we|you|the archive|this archive|it) (?:have|hold"
    rf"|contain)|what number of)\b|^(?:is|are) there (?={_NOUN})",
    re.IGNORECASE,
)
_LIST = re.compile(
    rf"^(?:{_GIVE}|what['’]s|(?:which|what)(?: are| is| was| were)?(?: of)?|when (?:is|was|were)|where (?:is|was|were))"
    r"(?![\w'’])(?: (?:a|the) (?:full |complete )?list of)?",
    re.IGNORECASE,
)
_EVERYTHING = re.compile(r"\b(?:everything|anything|all (?:there is|that is there|we have|you have))\b", re.IGNORECASE)
_ANY_NOUN = re.compile(_NOUN, re.IGNORECASE)
_END = re.compile(
    r"\b(?:(?P<n>\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty) )?"
    r"(?P<end>latest|newest|most recent|last|earliest|oldest|first|(?:very )?(?:first|last))\b"
    r"(?: (?P<n2>\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty)\b)?"
    rf"(?= (?:\S+ ){{0,4}}?(?:{_NOUN}|thing|one|message|report)\b|(?: of)? (?:these|those|them)\b|$)",
    re.IGNORECASE,
)
_LATEST = frozenset(("latest", "newest", "most recent", "last"))
_TOPICS = (
    _head(
        rf"(?:what (?:are|were) |which (?:are|were) |{_GIVE} )?(?:the )?(?:(?P<n2>\d{{1,2}}|[a-z]{{3,5}}) "
        rf")?{_MAIN}(?: (?P<n>\d{{1,2}}|[a-z]{{3,5}}))? "
        rf"(?:topics?|subjects?|themes?|tags|issues)(?P<tail>\b.*)"
    ),
    _head(r"(?:what|which) (?:topics?|subjects?|themes?|tags|issues)(?P<tail>\b.*)"),
    _head(rf"(?:summari[sz]e|sum up) {_ADJECTIVES}(?:cables|telegrams|dispatches|documents)(?P<tail>\b.*)"),
    _head(rf"what (?:do|did|are|were) {_ADJECTIVES}{_NOUN}(?P<tail>.*?)(?: mostly| mainly| chiefly| usually)?"
          r" (?:deal with|talk about|cover|concern|discuss|write about|about)(?: mostly| mainly| chiefly)?"),
    _head(r"what (?:do|did|does) (?P<tail>.*?) (?:mostly|mainly|chiefly|usually) (?:deal with|talk about|cover|concern|"
          r"discuss|write about|report on|report about|cable about)(?P<more>\b.*)"),
    _head(r"what (?:do|did|does) (?P<tail>.*?) (?:write|report|cable|talk) (?:about |on )?(?:the )?most(?P<more>\b.*)"),
)  # fmt: skip
_TOPIC_WORDS = re.compile(
    r"\b(?:of|dominate|prevail|recur|arise|write about|wrote about|report on|covered|treated|discussed|raised"
    r"|among|across|used|deal(?:t)? with|cover|discuss|treat|appear|most"
    r"|often|come"
    r" up|occur|common|frequent|frequently|mostly|mainly|cables?|telegrams?|the)\b",
    re.IGNORECASE,
)
_POSTS = _head(
    r"(?:from )?(?:which|what) (?:(?:u\.?s\.?|american) )?(?:posts?|embass(?:y|ies)|missions?|consulates?"
    r"|stations?)\b(?P<tail>.*)"
)
_WHENCE = _head(
    rf"(?:where|from where) (?:do|did|are|were) (?:the |all )?{_NOUN} (?:come from|sent from|from|come|sent)"
)
_SIGNERS = _head(
    r"(?:who (?:(?:has |have )?signed|signs)|(?:which|what) (?:ambassadors?|officers?|officials?|diplomats?"
    r"|persons?|people"
    r"|signers?) "
    r"(?:has |have )?signed|(?:who are |list )?the signers of)\b(?P<tail>.*)"
)
_YEARS = _head(
    r"(?:(?:in |from )?(?:which|what) (?P<group>years?|months?)\b(?P<tail>.*)|what (?:period|time|dates|years"
    r"|time span)"
    r" (?:does|do) (?:the|this|your) (?:archive|collection|cables) (?:cover|span|come from))"
)
_SENT = re.compile(
    r"\b(?:(?:have|has|had|do|does|did|are|were|saw|see|with|is|was) )?(?:there )?(?:(?:represented|come|came"
    r"|wrote|written|write"
    r"|report|reported|cabled|sent|send|filed|produced)\b)?",
    re.IGNORECASE,
)
_ORDER = re.compile(r"\b(?:the )?(?P<order>most|fewest|least)(?: often)?\b", re.IGNORECASE)
_PLURAL = re.compile(r"\b(?:cables|telegrams|dispatches|documents)\b", re.IGNORECASE)
_SORTED = re.compile(
    r"[,(]? ?(?:(?:and )?(?:sorted|ordered|in order|starting) .{3,40}|in (?:chronological|date) order|(?:the "
    r")?(?:oldest|newest|earliest"
    r"|latest|most recent) (?:ones? )?first|chronologically|by date)\)?$",
    re.IGNORECASE,
)
_POLITE_END = re.compile(r"[, ]+(?:please|thanks|thank you)$", re.IGNORECASE)
_MOST_SHOWN = 10


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


def read_catalog_question(question: str, posts: Mapping[str, str]) -> CatalogQuestion | None:
    """The question about cables as a set that these words ask; None where they ask anything else, or may do so.

    `posts` maps the archive's posts, as ids spell them, to their names.
    """
    if len(question) > _LONGEST:
        return None
    for words in restatements(question):
        plain = _POLITE_END.sub("", _PLEASE.sub("", words.rstrip(" ?.!")))
        if found := _one(plain, posts) or _one(_SORTED.sub("", plain), posts):
            return found
    return None


def _one(text: str, posts: Mapping[str, str]) -> CatalogQuestion | None:
    if _SIZE.match(text):
        return CatalogQuestion("size", CableConditions())
    for read in (_timeline, _topics, _by_group, _counted, _first, _listed):
        if found := read(text.replace("?", ","), posts):
            return found
    return None


def _timeline(text: str, posts: Mapping[str, str]) -> CatalogQuestion | None:
    match = _TIMELINE.match(text) or _UNFOLDED.match(text)
    conditions = match and read_conditions(f"about {match['tail']}", posts)
    return CatalogQuestion("timeline", conditions) if conditions else None


def _topics(text: str, posts: Mapping[str, str]) -> CatalogQuestion | None:
    for pattern in _TOPICS:
        if match := pattern.match(text):
            groups = match.groupdict()
            tail = " ".join(filter(None, (groups.get("adjectives"), groups["tail"], groups.get("more"))))
            about = read_conditions("", posts, _TOPIC_WORDS.sub(" ", tail))
            if about is not None:
                return CatalogQuestion("topics", about, most=_number(groups.get("n")) or _number(groups.get("n2")))
    return None


def _by_group(text: str, posts: Mapping[str, str]) -> CatalogQuestion | None:
    if match := _GROUPED.match(text):
        conditions = read_conditions(f"{match['tail']} {match['more']}", posts)
        return CatalogQuestion("groups", conditions, _GROUPS[match["group"].lower()]) if conditions else None
    if _WHENCE.match(text):
        return CatalogQuestion("groups", CableConditions(), "post")
    group: Group
    for pattern, group in ((_POSTS, "post"), (_SIGNERS, "signer"), (_YEARS, "year")):
        if not (match := pattern.match(text)):
            continue
        tail = match["tail"] or ""
        if group == "signer" and not re.search(_NOUN, tail, re.IGNORECASE):
            return None
        order = _ORDER.search(tail)
        tail = re.sub(_NOUN, " ", _ORDER.sub(" ", tail), flags=re.IGNORECASE)
        conditions = read_conditions(tail, posts) or read_conditions("", posts, _SENT.sub(" ", tail))
        if conditions is None:
            return None
        by_month = group == "year" and (match["group"] or "").lower().startswith("month")
        return CatalogQuestion(
            "groups",
            conditions,
            "month" if by_month else group,
            fewest=order is not None and order["order"].lower() != "most",
        )
    return None


def _counted(text: str, posts: Mapping[str, str]) -> CatalogQuestion | None:
    cue = _COUNT.search(text)
    if cue is None or not (_ANY_NOUN.search(text) or re.search(r"\bmaterial\b", text, re.IGNORECASE)):
        return None
    conditions = read_conditions(_without_noun(_COUNT.sub(" ", text)), posts)
    return CatalogQuestion("count", conditions) if conditions else None


def _first(text: str, posts: Mapping[str, str]) -> CatalogQuestion | None:
    end = _END.search(text)
    if end is None or (not _ANY_NOUN.search(text) and not re.search(r"\b(?:thing|one|message|report) from\b", text)):
        return None
    rest = f"{text[: end.start()]} {text[end.end() :]}"
    conditions = read_conditions(_without_noun(_LIST.sub(" ", " ".join(rest.split()))), posts)
    if conditions is None:
        return None
    number = _number(end["n"]) or _number(end["n2"])
    latest = end["end"].lower().removeprefix("very ") in _LATEST
    return CatalogQuestion(
        "first", conditions, latest=latest, most=number or (_MOST_SHOWN if _PLURAL.search(text) else 1)
    )


def _listed(text: str, posts: Mapping[str, str]) -> CatalogQuestion | None:
    cue = _LIST.match(text)
    noun = _ANY_NOUN.search(text) or (
        _EVERYTHING.search(text) if cue or text.lower().startswith("everything") else None
    )
    if noun is None:
        return None
    conditions = read_conditions(_without_noun(_EVERYTHING.sub(" ", _LIST.sub(" ", text))), posts)
    if conditions is None or (
        conditions == CableConditions() and not re.search(r"\b(?:all|every)\b", text, re.IGNORECASE)
    ):
        return None
    return CatalogQuestion("list", conditions)


def _without_noun(text: str) -> str:
    """The text without its first word for cables; what stands around it is read as one."""
    return " ".join(_ANY_NOUN.sub(" ", text, count=1).split())


def _number(word: str | None) -> int | None:
    """The number that a word or figures give, or None."""
    figures = FIGURES.get((word or "").lower(), word or "")
    return int(figures) if figures.isdigit() and int(figures) > 0 else None
