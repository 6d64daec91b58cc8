"""Texts of an archive that can serve as queries, with the paragraphs that may answer them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rag.domain.cable import Cable, Paragraph
from rag.domain.marking import at_or_above, effective_marking
from rag.text.sentences import sentence_spans

_SHORTEST_SENTENCE = 6  # words of a sentence
_SHORTEST_TITLE = 2
_SHORTEST_ANSWER = 12
_REFERS = re.compile(r"\bref(?:s|tels?|erences?)?\b(?:\s[A-Z]\b)?", re.IGNORECASE)
_COMMON = 3  # a heading of this many cables names a kind of text, such as a comment, not a topic


@dataclass(frozen=True, slots=True)
class Anchor:
    """A text that serves as a query, with the paragraphs that may answer it.

    `kind` is where the text is from: `summary`, `subject`, `heading` or `reference`. `marking` is the text's own; it is
    only paired with paragraphs marked at or above it.
    """

    kind: str
    text: str
    cable_id: str
    marking: str | None
    among: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A text, the paragraph that answers it, and similar paragraphs that do not (hard negatives).

    The field names are part of an adapted encoder's fingerprint.
    """

    kind: str
    text: str
    cable_id: str
    key: str
    among: tuple[str, ...]
    """Every paragraph that may answer, judged by its place. An encoder chose `key` among them."""
    near: tuple[str, ...] = ()
    bare: bool = False
    """Whether to train on the paragraph without its context, which may contain the text itself."""


def common_headings(cables: Iterable[Cable]) -> frozenset[str]:
    """Headings of several cables, such as `comment`, in lower case."""
    counts: Counter[str] = Counter()
    for cable in cables:
        counts.update({paragraph.heading.casefold() for paragraph in cable.paragraphs if paragraph.heading})
    return frozenset(heading for heading, count in counts.items() if count >= _COMMON)


def anchors(cable: Cable, common: frozenset[str], referred: Sequence[Cable]) -> Iterator[Anchor]:
    """Every text of a cable that another paragraph of it, or of a cable it refers to, may answer."""
    of_cable = effective_marking(None, cable.classification, cable.caveats)
    body = [other for other in cable.paragraphs if _long_enough(other) and str(other.key) != cable.summary_key]
    for paragraph in cable.paragraphs:
        if str(paragraph.key) == cable.summary_key:
            yield from _sentences("summary", cable, paragraph, body)
        elif referring := _referring(paragraph):
            candidates = [other for earlier in referred for other in earlier.paragraphs if _long_enough(other)]
            yield from _sentences("reference", cable, paragraph, candidates, referring)
    for heading, under in _headed(cable.paragraphs):
        if _is_title(heading) and heading.casefold() not in common:
            yield from _anchor("heading", cable, heading, under[0].heading_marking or of_cable, under)
    if cable.subject and _is_title(cable.subject):
        yield from _anchor("subject", cable, cable.subject, cable.subject_marking or of_cable, body)


def _headed(paragraphs: Iterable[Paragraph]) -> Iterator[tuple[str, list[Paragraph]]]:
    """Each heading with the paragraphs under it."""
    for heading, under in groupby(paragraphs, key=lambda paragraph: paragraph.heading):
        if heading and (long := [paragraph for paragraph in under if _long_enough(paragraph)]):
            yield heading, long


def _sentences(
    kind: str, cable: Cable, paragraph: Paragraph, among: Sequence[Paragraph], only: Sequence[str] | None = None
) -> Iterator[Anchor]:
    for sentence in _long_sentences(paragraph.text) if only is None else only:
        yield from _anchor(kind, cable, sentence, paragraph.effective_marking, among)


def _anchor(kind: str, cable: Cable, text: str, marking: str | None, among: Sequence[Paragraph]) -> Iterator[Anchor]:
    # Otherwise training would make a paragraph findable through words that its readers may not see.
    allowed = tuple(str(paragraph.key) for paragraph in among if _may_pair(paragraph.effective_marking, marking))
    if allowed:
        yield Anchor(kind, text, str(cable.id), marking, allowed)


def _may_pair(marking: str | None, of_text: str | None) -> bool:
    return marking == of_text or at_or_above(marking, of_text)


def _referring(paragraph: Paragraph) -> list[str]:
    return [sentence for sentence in _long_sentences(paragraph.text) if _REFERS.search(sentence)]


def _long_sentences(text: str) -> list[str]:
    sentences = (span.of(text) for span in sentence_spans(text))
    return [sentence for sentence in sentences if len(sentence.split()) >= _SHORTEST_SENTENCE]


def _is_title(text: str) -> bool:
    return len(text.split()) >= _SHORTEST_TITLE


def _long_enough(paragraph: Paragraph) -> bool:
    return len(paragraph.text.split()) >= _SHORTEST_ANSWER
