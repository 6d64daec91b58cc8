"""A question held against retrieved paragraphs token by token: what the checks for doubt read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rag.passage import Passage
from rag.sentences import Span, sentence_spans
from rag.tokens import TokenText

Floats = NDArray[np.float32]

_SMALL = frozenset(
    "the a an of in on at to for from by with and or but did do does was were is are be been had has have it its their "
    "his her that this as about into during after before over who whom whose what which when where why how many much "
    "would could should will not no".split()
)


@dataclass(frozen=True)
class Match:
    """A question, a retrieved paragraph, and how near their tokens are."""

    question: str
    asked: TokenText
    weights: Floats
    """Rarity of the question's tokens."""
    passage: Passage
    text: TokenText

    @cached_property
    def nearness(self) -> Floats:
        """Cosines, shape (tokens of the question, tokens of the paragraph)."""
        found: Floats = self.asked.vectors @ self.text.vectors.T
        return found

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        """The paragraph's sentences."""
        return tuple(sentence_spans(self.passage.text))

    def tokens(self, start: float, end: float) -> NDArray[np.intp]:
        """Which tokens of the paragraph stand at these characters."""
        middles = self.text.middles
        return np.flatnonzero((middles >= start) & (middles <= end))

    def nearest(self, wanted: Sequence[int], tokens: NDArray[np.intp]) -> Floats:
        """For each of these tokens of the question, the cosine of the nearest of these tokens of the paragraph."""
        best: Floats = self.nearness[list(wanted)][:, tokens].max(axis=1)
        return best

    @cached_property
    def _context(self) -> frozenset[str]:
        passage = self.passage
        about = f"{passage.post} {passage.subject or ''} {passage.heading or ''} {(passage.date or '')[:4]}"
        return frozenset(re.findall(r"\w+", about.casefold()))

    def held(self, wanted: Sequence[int], tokens: NDArray[np.intp]) -> float:
        """How much of these tokens of the question those of the paragraph hold, from 0 to 1, the rarer the more.

        What the cable's post, date or subject says is held as well.
        """
        weights = self.weights[list(wanted)]
        if not weights.any() or not tokens.size:
            return 0.0
        best = self.nearest(wanted, tokens)
        known = [self.asked.words[each] in self._context for each in wanted]
        return float((np.where(known, 1.0, best) * weights).sum() / weights.sum())


def content_tokens(asked: TokenText) -> list[int]:
    """The question's tokens that say something: no small words, no signs."""
    return [at for at, word in enumerate(asked.words) if word.strip("#").isalnum() and word not in _SMALL]
