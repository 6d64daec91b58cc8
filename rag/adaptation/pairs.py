"""What an archive says twice: texts that ask, so to speak, and the paragraphs that could answer them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rag.cable import Cable, Paragraph
from rag.marking import at_or_above, effective_marking
from rag.sentences import sentence_spans

_SHORTEST_ASKING = 6  # words of a sentence
_SHORTEST_TITLE = 2
_SHORTEST_ANSWER = 12
_REFERS = re.compile(r"\bref(?:s|tels?|erences?)?\b(?:\s[A-Z]\b)?", re.IGNORECASE)
_COMMON = 3  # a heading over paragraphs of this many cables says what kind of text follows, not what about


@dataclass(frozen=True, slots=True)
class Asking:
    """A text with the paragraphs among which its answer stands.

    `kind` is where the text is from: `summary`, `subject`, `heading` or `reference`. `marking` is the text's own:
    it may only be brought together with paragraphs marked at or above it.
    """

    kind: str
    text: str
    cable_id: str
    marking: str | None
    among: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A text, the paragraph found to answer it, and paragraphs near to it that do not."""

    kind: str
    text: str
    cable_id: str
    key: str
    among: tuple[str, ...]
    """Every paragraph that may answer by where it stands; `key`, one of them, was found by an encoder."""
    near: tuple[str, ...] = ()
    bare: bool = False
    """Whether the paragraph is learned without its context, which may hold the very words that ask."""


def common_headings(cables: Iterable[Cable]) -> frozenset[str]:
    """Headings that stand in several cables, such as `comment`, in lower case."""
    counted: Counter[str] = Counter()
    for cable in cables:
        counted.update({each.heading.casefold() for each in cable.paragraphs if each.heading})
    return frozenset(heading for heading, cables_with_it in counted.items() if cables_with_it >= _COMMON)


def askings(cable: Cable, common: frozenset[str], referred: Sequence[Cable]) -> Iterator[Asking]:
    """Every text of a cable that another of its paragraphs, or one of the cables it refers to, may answer."""
    of_cable = effective_marking(None, cable.classification, cable.caveats)
    body = [each for each in cable.paragraphs if _long_enough(each) and str(each.key) != cable.summary_key]
    for paragraph in cable.paragraphs:
        if str(paragraph.key) == cable.summary_key:
            yield from _sentences("summary", cable, paragraph, body)
        elif referring := _referring(paragraph):
            answering = [each for other in referred for each in other.paragraphs if _long_enough(each)]
            yield from _sentences("reference", cable, paragraph, answering, referring)
    for heading, under in _headed(cable.paragraphs):
        if _is_title(heading) and heading.casefold() not in common:
            yield from _asking("heading", cable, heading, under[0].heading_marking or of_cable, under)
    if cable.subject and _is_title(cable.subject):
        yield from _asking("subject", cable, cable.subject, cable.subject_marking or of_cable, body)


def _headed(paragraphs: Iterable[Paragraph]) -> Iterator[tuple[str, list[Paragraph]]]:
    """Each heading with the paragraphs that stand under it."""
    for heading, under in groupby(paragraphs, key=lambda each: each.heading):
        if heading and (long := [each for each in under if _long_enough(each)]):
            yield heading, long


def _sentences(
    kind: str, cable: Cable, paragraph: Paragraph, among: Sequence[Paragraph], only: Sequence[str] | None = None
) -> Iterator[Asking]:
    for sentence in _long_sentences(paragraph.text) if only is None else only:
        yield from _asking(kind, cable, sentence, paragraph.effective_marking, among)


def _asking(kind: str, cable: Cable, text: str, marking: str | None, among: Sequence[Paragraph]) -> Iterator[Asking]:
    # Else a paragraph could afterwards be found through words its readers may not see.
    allowed = tuple(str(each.key) for each in among if _may_meet(each.effective_marking, marking))
    if allowed:
        yield Asking(kind, text, str(cable.id), marking, allowed)


def _may_meet(marking: str | None, asking: str | None) -> bool:
    return marking == asking or at_or_above(marking, asking)


def _referring(paragraph: Paragraph) -> list[str]:
    return [sentence for sentence in _long_sentences(paragraph.text) if _REFERS.search(sentence)]


def _long_sentences(text: str) -> list[str]:
    sentences = (span.of(text) for span in sentence_spans(text))
    return [sentence for sentence in sentences if len(sentence.split()) >= _SHORTEST_ASKING]


def _is_title(text: str) -> bool:
    return len(text.split()) >= _SHORTEST_TITLE


def _long_enough(paragraph: Paragraph) -> bool:
    return len(paragraph.text.split()) >= _SHORTEST_ANSWER
