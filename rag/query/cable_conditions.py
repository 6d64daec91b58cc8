"""Conditions that a question states of cables: where from, when, how classified, under which TAGS, by whom, on what."""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, field

from rag.domain.cable_id import compact_post
from rag.domain.filters import Filters
from rag.domain.span import Span
from rag.domain.tag_meanings import tag_meaning
from rag.query.condition_reader import ConditionReader
from rag.query.phrasing import Phrasing, fitted_models
from rag.query.phrasing_features import TAG, QuestionToken
from rag.query.word_terms import WordTerm, mentioned_terms, topic_terms
from rag.text.surface_facts import without_possessive

_NEGATED = re.compile(
    r"\b(?:not|never|except|excepting|excluding|without|besides|other than|apart from)\b|n['’]t\b", re.IGNORECASE
)
_ASKED_NOT = re.compile(r"^[^,.]{0,40}n['’]t\b", re.IGNORECASE)
_DESCRIBED = re.compile(
    r"^(?:the |an? )?(?:(?!of |in |on |for |from |and |or |with |to )[\w'’-]+ ){1,3}?(?=[A-Z][^ ]*(?: [A-Z][^ ]*)*$)"
)
"""What a name is called by: "the firm Blackwater"."""
_MENTIONING = re.compile(
    r"\b(?:mention\w*|nam(?:e|es|ed|ing)|contain\w*|includ\w*|words?|names?|terms?|phrases?|spelled|appears?"
    r"|occurs?|speaks? of|refer\w* to)\b",
    re.IGNORECASE,
)
_TITLES = (
    r"(?:(?:the|u\.?s\.?|ambassador|secretary|charg[eé](?: d['’]affaires)?|consul(?: general)?|dcm|mr\.?|ms\.?"
    r"|mrs\.?) )"
)
_TITLE = re.compile(rf"^{_TITLES}+", re.IGNORECASE)
_SIGNED_BY = re.compile(
    r"\b(?:signed(?: off)?(?: by|:)|signatures? of|signer(?: is|:)?|signature(?= (?-i:[A-Z]{2}))) "
    rf"(?P<signer>{_TITLES}{{0,3}}[^\W\d_][\w'’-]*)"
    r"|\b(?P<owner>[^\W\d_][\w’'-]*?)['’]s? (?:signature\b|name (?:\w+ )?at the (?:bottom|end|foot)\b)",
    re.IGNORECASE,
)
_BESIDE_TAG = re.compile(r"(?: tags?,?)? ?\(?(?P<tag>[A-Z]{2,8})\b")
_TAGGED = re.compile(r"\btags?:? $", re.IGNORECASE)
_TAGS_BEHIND = re.compile(r"(?:(?:[A-Z]{2,8}|and|or|the|,) ?)+$")
_CABLES_OF = re.compile(
    r"\b(?:cables?|telegrams?|messages?|d[ei]spatch(?:es)?|documents?|reports?|traffic|reporting) (?:of|from|by) $",
    re.IGNORECASE,
)
_REFERS_BACK = re.compile(r"\b(?:he|him|she|her|(?:is|was|mention\w*|names?|about|on|of) it)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_][\w.&'’-]*(?<![.'’-])|[^\W_]")
_CUES = frozenset(
    "about on concerning regarding mention mentions mentioning discuss discussing covering contain naming".split()
)
"""What follows one of these is looked for, however common it is."""
_ARTICLES = frozenset(("the", "a", "an"))
_SMALL_WORDS = frozenset("and or the of de".split())
_MOST_UNKNOWN = 2
"""Words that are in no phrasing and no condition; of a question with more it is not known what it asks."""
_SENTENCE_END = re.compile(r"[.?!] (?=[A-Z])")
_LONGEST_TOPIC = 14  # words


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

    @property
    def subject(self) -> str:
        """What the cables are about or mention, in words."""
        return self.topic or " ".join(str(term) for group in self.terms for term in group)


def read_conditions(question: str, phrasing: Phrasing, posts: Container[str]) -> CableConditions | None:
    """What a question states of cables; None where some of it is not understood.

    `posts` are those of the archive, as ids spell them.
    """
    topic, signer = _spans(question, phrasing, posts)
    outside = question
    for span in sorted(filter(None, (topic, signer)), reverse=True):
        outside = outside[: span.start] + " · " + outside[span.end :]
    reader = ConditionReader(posts)
    unknown = _unknown(reader.rest(outside), phrasing.tokens)
    if topic is None and unknown:
        topic, unknown = Span(unknown[0].start, unknown[-1].end), []
    elif topic is not None and topic.end <= _last_sentence(question) and _states_conditions(question, posts):
        topic = None  # before it a reader tells what the question is for
    if topic is not None and (_is_bare(topic.of(question)) or _explains_tag(question, topic, reader)):
        topic = None
    words = topic.of(question) if topic else ""
    if (
        reader.unclear
        or _NEGATED.search(_ASKED_NOT.sub(" ", outside))
        or any(token.text[0].isupper() for token in unknown)
        or len(unknown) > _MOST_UNKNOWN
        or len(words.split()) > _LONGEST_TOPIC
    ):
        return None
    literal = bool(words) and (_is_name(words) or _MENTIONING.search(question) is not None)
    terms = (
        mentioned_terms(words if not words or _is_name(words) else _DESCRIBED.sub("", words))
        if literal
        else topic_terms(words)
    )
    if words and not terms:
        return None
    signed_by = _TITLE.sub("", without_possessive(signer.of(question))) if signer else None
    absent, about = tuple(reader.absent), "" if literal else words
    return CableConditions(reader.filters, terms, about, tuple(reader.all_tags), signed_by, absent)


def _spans(question: str, phrasing: Phrasing, posts: Container[str]) -> tuple[Span | None, Span | None]:
    """Where the topic and the signer stand; what is plainly said to be a signer is one."""
    topic, signer = phrasing.topic, phrasing.signer
    if topic is not None and _is_other_condition(question, topic, posts):
        topic = None
    if match := _SIGNED_BY.search(question):
        signer = Span(*match.span("signer" if match["signer"] else "owner"))
        if topic is not None and topic.start < match.end() and match.start() < topic.end:
            topic = None
    elif signer is not None and topic is None and _MENTIONING.search(question):
        topic, signer = signer, None
    return topic, signer


def _is_other_condition(question: str, topic: Span, posts: Container[str]) -> bool:
    """Whether the words are TAGS ("tag MTCRE", "both the MNUC and the IR tag") or where cables are from."""
    words = topic.of(question)
    if _CABLES_OF.search(question, 0, topic.start) and compact_post(words) in posts:
        return True
    if question[topic.end :].lstrip().casefold().startswith("tag"):
        return _TAGS_BEHIND.match(words) is not None
    return words.isupper() and _TAGGED.search(question, 0, topic.start) is not None


def _is_name(words: str) -> bool:
    """Whether all words, or what stands in quotation marks, are names."""
    return words[0] in '"“„«' or all(word[0].isupper() or word in _SMALL_WORDS for word in words.split())


def _last_sentence(question: str) -> int:
    """Where the last sentence starts."""
    return max((match.end() for match in _SENTENCE_END.finditer(question)), default=0)


def _is_bare(words: str) -> bool:
    return all(word in _ARTICLES for word in words.casefold().split())


def _explains_tag(question: str, topic: Span, reader: ConditionReader) -> bool:
    """Whether the words only say what a tag stands for: "the human rights tag, PHUM", "drug trade (SNAR)"."""
    tags = {*reader.filters.tags, *reader.all_tags}
    meant = {word for tag in tags for word in (tag_meaning(tag) or "").casefold().split()}
    beside = _BESIDE_TAG.match(question, topic.end)
    return set(topic.of(question).casefold().split()) <= meant or bool(beside and beside["tag"] in tags)


def _states_conditions(question: str, posts: Container[str]) -> bool:
    """Whether the last sentence states conditions of its own: "Which would those be?" refers to those before it."""
    reader, last = ConditionReader(posts), question[_last_sentence(question) :]
    reader.rest(last)
    return reader.stated and not _REFERS_BACK.search(last)


def _unknown(rest: str, tokens: Sequence[QuestionToken]) -> list[QuestionToken]:
    """The words left of the last sentence that are in no phrasing, but for common ones that are no topic either."""
    left = set(_WORD.findall(rest[_last_sentence(rest) :]))
    heard = fitted_models().heard
    unknown: list[QuestionToken] = []
    before = ""
    for token in tokens:
        word = token.text.casefold()
        if token.text in left and (token.hint == TAG or not token.known) and word not in heard:
            named = token.text[0].isupper() and token.start > 0
            if token.pieces > 1 or named or before in _CUES:
                unknown.append(token)
        before = before if word in _ARTICLES else word
    return unknown
