"""Questions about one cable, named by its label: a field of its header, a summary, what it says on a subject."""

import re
from collections.abc import Container
from dataclasses import dataclass
from typing import Literal, cast

from rag.domain.citation import TypedCitation, find_citations
from rag.domain.span import Span
from rag.query.cited import is_year
from rag.query.phrasing import LONGEST, Phrasing, PhrasingReader, fitted_models
from rag.query.phrasing_features import CABLE

CableField = Literal[
    "signers", "date", "classification", "tags", "subject", "references", "referring", "classified_by", "reason",
    "post", "paragraphs", "recipients",
]  # fmt: skip

_FIELD = "field:"
_MOST_CLAUSES = 6
_MOST_UNKNOWN = 1
_NOUNS: tuple[tuple[CableField, str], ...] = (
    ("signers", r"signers?|signatory|signatories|signature"),
    ("date", r"dates?|dtg|date[- ]time group"),
    ("classified_by", r"classifying (?:officer|authority|official)s?"),
    ("classification", r"classifications?(?: level)?|marking"),
    ("tags", r"tags"),
    ("subject", r"subject(?: line)?|title"),
    ("references", r"references|refs|reftels?"),
    ("post", r"posts?|origin|sender"),
    ("recipients", r"recipients|addressees"),
)
_NOUN = "|".join(pattern for _, pattern in _NOUNS)
_NOUN_LIST = re.compile(rf"\b(?:{_NOUN})(?:(?:, and |, | and | & )(?:the |its )?(?:{_NOUN}))+\b", re.IGNORECASE)
_CLAUSES = re.compile(
    r"\s*[?;]\s*(?:and )?|,? and (?=(?:who|whom|when|what|which|how|to whom|by whom|where|why|from)\b)"
    r"|, (?=(?:who|when|what|which|how|to whom|by whom|where)\b)",
    re.IGNORECASE,
)
_IT = re.compile(r"\b(?P<its>its)\b|\b(?:it|(?:this|that|the) (?:cable|telegram|document|message))\b", re.IGNORECASE)
_ASKING = re.compile(r"\b(?:who|whom|whose|why|when|where)\b", re.IGNORECASE)
"""A question with one of these words wants an answer, not all that the cable says on its subject."""
_CLAUSE = re.compile(r"(?:what|which|how)\b", re.IGNORECASE)
_AND_WHY = re.compile(r",? and (?:why|where|when|by whom)\b[\s?.!]*$", re.IGNORECASE)
_APPOSITION = re.compile(rf"{CABLE}, (?:the|a|an|that|which is) [^,;.?]{{1,80}}(?=[,;.?]|$)")


@dataclass(frozen=True, slots=True)
class CableQuestion:
    """What is asked of the cables named: `fields`, else what they say on `topic`, else a summary."""

    fields: tuple[CableField, ...] = ()
    topic: str = ""

    @property
    def is_summary(self) -> bool:
        """Whether the whole cable is asked for."""
        return not self.fields and not self.topic


def read_cable_question(question: str, posts: Container[str], phrasings: PhrasingReader) -> CableQuestion | None:
    """The question that these words ask of the cable they name; None where they ask anything else, or may do so.

    `posts` are those of the archive, as ids spell them.
    """
    masked = _masked(question, posts)
    if len(question) > LONGEST or CABLE not in masked:
        return None
    masked = _APPOSITION.sub(CABLE, masked)
    read = phrasings.read(masked, posts)
    if (fields := _fields(masked, read, posts, phrasings)) is not None:
        return CableQuestion(fields)
    if not read.is_sure or masked.count(CABLE) > 1:
        return None
    if read.kind == "summary":
        return CableQuestion()
    topic = "" if read.topic is None else read.topic.of(masked)
    if not topic or _ASKING.search(_AND_WHY.sub("", masked)) or _CLAUSE.match(topic) or _says_more(read, read.topic):
        return None
    return CableQuestion(topic=topic)


def _says_more(read: Phrasing, topic: Span | None) -> bool:
    """Whether several words outside the topic are in no phrasing: then the question wants more than the topic."""
    heard = fitted_models().heard
    unknown = [
        token
        for token in read.tokens
        if token.text.isalpha() and not token.known and token.text.casefold() not in heard
    ]
    return topic is None or sum(not topic.start <= token.start < topic.end for token in unknown) > _MOST_UNKNOWN


def _fields(
    masked: str, read: Phrasing, posts: Container[str], phrasings: PhrasingReader
) -> tuple[CableField, ...] | None:
    """The fields that every clause asks for; None where one of them asks for something else."""
    clauses = [clause for clause in _CLAUSES.split(masked.rstrip(" ?.!")) if clause]
    reads = [read]
    if 1 < len(clauses) <= _MOST_CLAUSES:
        of_clauses = [phrasings.read(_with_cable(clause), posts) for clause in clauses]
        reads = of_clauses if all(map(_is_field, of_clauses)) else reads
    if not all(map(_is_field, reads)):
        return None
    listed = [noun for nouns in _NOUN_LIST.finditer(masked) for noun in re.split(r", and |, | and | & ", nouns[0])]
    named = [
        field
        for noun in listed
        for field, pattern in _NOUNS
        if re.fullmatch(rf"(?:the |its )?(?:{pattern})", noun, re.IGNORECASE)
    ]
    asked = [cast("CableField", each.kind.removeprefix(_FIELD)) for each in reads]
    return tuple(dict.fromkeys(named if len(reads) == 1 and named else [*asked, *named]))


def _is_field(read: Phrasing) -> bool:
    return read.kind.startswith(_FIELD) and read.is_sure


def _with_cable(clause: str) -> str:
    """The clause about the cable itself: "its subject", and "the TAGS" of a cable named before."""
    if CABLE in clause:
        return clause
    named, count = _IT.subn(lambda match: f"{CABLE}'s" if match["its"] else CABLE, clause, count=1)
    return named if count else f"{clause} of {CABLE}"


def _masked(question: str, posts: Container[str]) -> str:
    """The question with each cable's label as `§`."""
    pieces: list[str] = []
    end = 0
    for typed in find_citations(question):
        held = any(post in posts for post in typed.posts())
        if typed.locator is not None or typed.start < end or not held or is_year(typed, question):
            continue
        pieces += [question[end : _start(typed, question, posts)], CABLE]
        end = typed.end
    return "".join([*pieces, question[end:]])


def _start(typed: TypedCitation, question: str, posts: Container[str]) -> int:
    """Where the label begins: the words before a post are none of it."""
    if typed.year is not None and not typed.year_follows:
        return typed.start
    words = [match.start() for match in re.finditer(r"[^\s_-]+", question[typed.start : typed.end])]
    names = list(typed.posts())
    size = next((len(typed.words) - skipped for skipped, name in enumerate(names) if name in posts), 1)
    first = len(typed.words) - size
    return typed.start + words[min(first, len(words) - 1)]
