"""A question compared with a retrieved paragraph token by token, for the checks of abstention."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rag.domain.retrieved_paragraph import RetrievedParagraph
from rag.encoders.tokens import TokenText

Floats = NDArray[np.float32]

_FUNCTION_WORDS = frozenset(
    "the a an of in on at to for from by with and or but did do does was were is are be been had has have it its their "
    "his her that this as about into during after before over who whom whose what which when where why how many much "
    "would could should will not no".split()
)


@dataclass(frozen=True)
class QuestionMatch:
    """A question and a retrieved paragraph, token by token; `weights` are the rarities of the question's tokens."""

    question: str
    question_tokens: TokenText
    weights: Floats
    paragraph: RetrievedParagraph
    paragraph_tokens: TokenText

    @cached_property
    def similarity(self) -> Floats:
        """Cosines, shape (tokens of the question, tokens of the paragraph)."""
        cosines: Floats = self.question_tokens.vectors @ self.paragraph_tokens.vectors.T
        return cosines

    def tokens_between(self, start: float, end: float) -> NDArray[np.intp]:
        """Which tokens of the paragraph stand at these characters."""
        middles = self.paragraph_tokens.middles
        return np.flatnonzero((middles >= start) & (middles <= end))

    def best_similarity(self, question_tokens: Sequence[int], tokens: NDArray[np.intp]) -> Floats:
        """For each of these tokens of the question, the cosine of the nearest of these tokens of the paragraph."""
        best: Floats = self.similarity[list(question_tokens)][:, tokens].max(axis=1)
        return best

    @cached_property
    def _header_words(self) -> frozenset[str]:
        source = self.paragraph
        header = f"{source.post} {source.subject or ''} {source.heading or ''} {(source.date or '')[:4]}"
        return frozenset(re.findall(r"\w+", header.casefold()))

    def coverage(self, question_tokens: Sequence[int], tokens: NDArray[np.intp]) -> float:
        """How far these tokens of the paragraph cover those of the question, from 0 to 1, weighted by rarity.

        A word of the cable's post, date, subject or heading is covered in full.
        """
        weights = self.weights[list(question_tokens)]
        if not weights.any() or not tokens.size:
            return 0.0
        best = self.best_similarity(question_tokens, tokens)
        in_header = [self.question_tokens.words[token] in self._header_words for token in question_tokens]
        return float((np.where(in_header, 1.0, best) * weights).sum() / weights.sum())


def content_tokens(tokens: TokenText) -> list[int]:
    """The tokens that are neither function words nor signs."""
    return [at for at, word in enumerate(tokens.words) if word.strip("#").isalnum() and word not in _FUNCTION_WORDS]
