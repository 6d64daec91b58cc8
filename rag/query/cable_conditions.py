"""Conditions that words state of cables: where from, when, how classified, under which TAGS, by whom signed, on what.

Every word must be understood: what is left over makes the words no conditions.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rag.domain.filters import Filters
from rag.query.condition_reader import FILLERS, ConditionReader
from rag.query.named_times import named_times
from rag.query.word_terms import WordTerm, mentioned_terms, topic_terms

_MENTION = re.compile(
    r"\b(?:(?:that|which) )?(?:(?:do|does|did) )?(?:(?:also|ever|even) )?"
    r"(?:(?:mention(?:s|ed|ing)?|names?|naming|refer(?:s|red|ring)? to|speak(?:s|ing)? of)"
    r"(?: (?:the|a) (?:words?|names?|terms?|phrases?|expressions?))?"
    r"|(?:contain(?:s|ed|ing)?|us(?:es?|ed|ing)|with|have|has|include(?:s)?|including|in which)"
    r" (?:the|a) (?:words?|names?|terms?|phrases?|expressions?))\s+(?P<words>\S.*)$",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\b(?:(?:that|which) )?(?:(?:are|is|were|was|do|does|did) )?(?:(?:report(?:s|ed|ing)?|wr(?:i|o)te|written"
    r"|cabled) )?"
    r"(?:about|on|concerning|regarding|relat(?:ed|ing) to|discuss(?:es|ed|ing)?|deal(?:s|ing|t)? with|cover(?:s"
    r"|ed|ing)?|"
    r"address(?:es|ed|ing)?|talk(?:s|ed|ing)? about|on the (?:subject|topic) of)\s+(?P<words>\S.*)$",
    re.IGNORECASE,
)
_ON = re.compile(r"\bon\s+$", re.IGNORECASE)
_ASKS = re.compile(
    r"\b(?:who|whom|whose|what|why|when|where|which|how|that|did|does|said|says|say|tell|tells)\b|[?;:]", re.IGNORECASE
)
_TRAILING = frozenset("appear appears occur occurs mentioned named up them feature features most often".split())
"""Words that may stand behind what is looked for: "in how many cables does Merkel appear?"."""
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|does|do|did) (?P<words>\S.*?) (?:mentioned|named|referred to|spoken of|appear|occur"
    r"|come up|turn up)\b(?P<rest>.*)$",
    re.IGNORECASE,
)
_ENDS = re.compile(r"^[\s,.]+|[\s,.]+$")
_LONGEST_TOPIC = 12  # words


@dataclass(frozen=True, slots=True)
class CableConditions:
    """Conditions that must all hold of a cable.

    `terms` are groups of words: of each group the cable has one. `topic` is the text after "about", to rank by.
    `all_tags` are to be there together. `absent` are posts that are known by name, of which the archive holds nothing.
    """

    filters: Filters = field(default_factory=Filters)
    terms: tuple[tuple[WordTerm, ...], ...] = ()
    topic: str = ""
    all_tags: tuple[str, ...] = ()
    signer: str | None = None
    absent: tuple[str, ...] = ()


def read_conditions(text: str, posts: Mapping[str, str], adjectives: str = "") -> CableConditions | None:
    """What the words after "cables", and the `adjectives` before it, state; None where some of it is not understood.

    `posts` maps the archive's posts, as ids spell them, to their names.
    """
    reader, terms, topic = ConditionReader(posts), tuple[tuple[WordTerm, ...], ...](), ""
    before, words, about = _split(text)
    left = [
        word
        for rest in (reader.rest(before, bare=True), reader.rest(adjectives, bare=True))
        for word in re.findall(r"[^\s,.:]+", rest)
        if word.casefold() not in FILLERS
    ]
    if words:
        words = _trimmed(reader.rest(words, bare=False, topical=True))
        if not words or len(words.split()) > _LONGEST_TOPIC or _ASKS.search(words):
            return None
        terms = topic_terms(words) if about else mentioned_terms(words)
        topic = words if about else ""
        if not terms:
            return None
    if left or reader.times > 1:
        return None
    found = reader.filters, terms, topic, tuple(reader.all_tags), reader.signer, tuple(reader.absent)
    return CableConditions(*found)


def _split(text: str) -> tuple[str, str, bool]:
    """The words before "mention" or "about", those behind it, and whether it was "about"."""
    if passive := _PASSIVE.search(text):
        return text[: passive.start()] + passive["rest"], passive["words"], False
    mention = _MENTION.search(text)
    about = next((match for match in _heads(_ABOUT, text) if not _states_time(match)), None)
    if mention and (about is None or mention.start() <= about.start()):
        return text[: mention.start()], mention["words"], False
    return (text[: about.start()], about["words"], True) if about else (text, "", False)


def _heads(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    start = 0
    while match := pattern.search(text, start):
        yield match
        start = match.start("words")


def _states_time(match: re.Match[str]) -> bool:
    """ "on 5 March 2008" is no topic; "about the 2008 war" is one."""
    return bool(_ON.search(match[0][: -len(match["words"])])) and any(
        time.start == 0 for time in named_times(match["words"])
    )


def _trimmed(words: str) -> str:
    """The words without commas and fillers at their end, and without a full stop."""
    words = _ENDS.sub("", words)
    while (last := words.rsplit(" ", 1)[-1]).casefold() in FILLERS | _TRAILING:
        words = _ENDS.sub("", words[: -len(last)])
        if not words:
            break
    return words
