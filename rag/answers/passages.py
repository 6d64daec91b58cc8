"""Passages: a sentence that answers, with those of its paragraph without which it would not stand alone or mislead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rag.answers.evidence import CandidateSentence, Evidence, Floats, is_barred
from rag.domain.retrieved_paragraph import QuotedSpan, RetrievedParagraph
from rag.domain.span import Span
from rag.text.negation import is_negated
from rag.text.openings import leaves_one_side, opens_unresolved, turns_against

_MOST_BACK = 3  # sentences
_MOST_WORDS = 90  # of a passage, before another sentence is added
_HEDGES = 0.88
"""Cosine from which a sentence that denies is taken to speak of the same thing."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences of one paragraph, by their places in `paragraph.sentences`; `answering` is the one that answers.

    `covers` is, for each token of the question, its nearest token in the passage. `resolved` is off where it still
    opens with words that point to something before the paragraph.
    """

    answering: CandidateSentence
    places: frozenset[int]
    covers: Floats
    words: int
    resolved: bool

    @property
    def paragraph(self) -> RetrievedParagraph:
        """The paragraph it is of."""
        return self.answering.paragraph


def words_of(paragraph: RetrievedParagraph, places: frozenset[int]) -> int:
    """The length of these sentences of a paragraph in words."""
    return sum(len(paragraph.sentences[place].of(paragraph.text).split()) for place in places)


def stretches(paragraph: RetrievedParagraph, places: frozenset[int]) -> list[QuotedSpan]:
    """These sentences as they stand in the paragraph, those that follow each other in one."""
    spans: list[Span] = []
    for place in sorted(places):
        span = paragraph.sentences[place]
        if spans and place - 1 in places:
            spans[-1] = Span(spans[-1].start, span.end)
        else:
            spans.append(span)
    return [QuotedSpan(paragraph, span) for span in spans]


def passages(evidence: Evidence) -> list[Passage]:
    """For each candidate sentence the passage around it, in the same order."""
    of_paragraph: dict[str, dict[int, CandidateSentence]] = {}
    for candidate in evidence.candidates:
        of_paragraph.setdefault(candidate.paragraph.key, {})[candidate.place] = candidate
    readings = {key: _Reading.of(candidates) for key, candidates in of_paragraph.items()}
    return [readings[candidate.paragraph.key].around(candidate) for candidate in evidence.candidates]


@dataclass(frozen=True, slots=True)
class _Reading:
    """The sentences of one paragraph, with what each needs beside it; those never quoted have no text."""

    candidates: Mapping[int, CandidateSentence]
    texts: Sequence[str]
    words: Sequence[int]
    unresolved: Sequence[bool]

    @classmethod
    def of(cls, candidates: Mapping[int, CandidateSentence]) -> "_Reading":
        paragraph = next(iter(candidates.values())).paragraph
        texts = [span.of(paragraph.text) for span in paragraph.sentences]
        texts = ["" if is_barred(text) else text for text in texts]
        return cls(candidates, texts, [len(text.split()) for text in texts], list(map(opens_unresolved, texts)))

    def around(self, answering: CandidateSentence) -> Passage:
        """The passage for one sentence, with what denies it."""
        places = set(self._standing_alone(answering.place))
        for place, other in self.candidates.items():
            alike = float(other.vector @ answering.vector) >= _HEDGES
            if alike and place not in places and is_negated(self.texts[place]):
                places |= set(self._standing_alone(place))
        covers = [self.candidates[place].covers for place in places if place in self.candidates]
        words = sum(self.words[place] for place in places)
        return Passage(answering, frozenset(places), np.max(covers, axis=0), words, not self.unresolved[min(places)])

    def _standing_alone(self, place: int) -> range:
        """The sentences to show for one: those it points back to before it, and the other side behind it."""
        first = last = place
        words = self.words[place]
        while self.unresolved[first] and first and self.texts[first - 1]:
            if place - first == _MOST_BACK or words >= _MOST_WORDS:
                break
            first -= 1
            words += self.words[first]
        while last + 1 < len(self.texts) and words < _MOST_WORDS and self._continues(first, last):
            last += 1
            words += self.words[last]
        return range(first, last + 1)

    def _continues(self, first: int, last: int) -> bool:
        following = self.texts[last + 1]
        return bool(following) and (turns_against(following) or leaves_one_side(" ".join(self.texts[first : last + 1])))
