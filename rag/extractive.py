"""Answers without a language model: the spans that answer, quoted and cited."""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.answer import Quote, Sentence
from rag.embedding import SentenceEmbeddings
from rag.lexical import LexicalIndex, analyzer
from rag.passage import Passage
from rag.sentences import Span, sentence_spans


@dataclass(frozen=True, slots=True)
class SpanWeights:
    """How a sentence is scored and how many are taken; chosen on the `tune` halves of the golden sets."""

    meaning: float = 1.0
    words: float = 0.6
    rank: float = 0.25
    answer_type: float = 0.12
    paragraphs: int = 8
    most_sentences: int = 3
    most_words: int = 85
    novelty: float = 0.80
    """A sentence closer than this cosine to one already chosen is passed over."""
    keep: float = 0.72
    """Later sentences must reach this share of the best one's score."""
    enough_meaning: float = 0.37
    enough_words: float = 0.60
    """Nothing is quoted unless some sentence reaches one of these."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence of a passage with its scores. `words` is the share of the question's information it holds."""

    passage: Passage
    span: Span
    meaning: float
    words: float
    score: float
    vector: NDArray[np.float32]

    @property
    def text(self) -> str:
        """The sentence."""
        return self.span.of(self.passage.text)


@dataclass(frozen=True, slots=True)
class Extract:
    """The chosen sentences with their quotes; empty with a `reason` when nothing bears on the question."""

    sentences: tuple[Sentence, ...] = ()
    quotes: tuple[Quote, ...] = ()
    reason: str | None = None


class Extractor:
    """Chooses the sentences of the retrieved paragraphs that answer a question."""

    def __init__(
        self,
        embeddings: SentenceEmbeddings,
        lexical: LexicalIndex,
        size: Callable[[], int],
        weights: SpanWeights | None = None,
    ) -> None:
        """`size` tells how many paragraphs the archive holds, for the rarity of words."""
        self._embeddings = embeddings
        self._lexical = lexical
        self._size = size
        self._analyzer = analyzer()
        self._weights = weights or SpanWeights()

    def extract(self, question: str, passages: Sequence[Passage]) -> Extract:
        """The best sentences in reading order of relevance, or a reason for having none."""
        candidates = self.candidates(question, passages)
        if not candidates or not self._bears_on(candidates):
            return Extract(reason="no paragraph of the archive bears on the question closely enough to be quoted")
        return quoted([(each.passage, each.span) for each in self._choose(candidates)])

    def candidates(self, question: str, passages: Sequence[Passage]) -> list[Candidate]:
        """Every sentence of the best passages, scored, best first."""
        weights = self._weights
        spans = [
            (rank, passage, span)
            for rank, passage in enumerate(passages[: weights.paragraphs])
            for span in sentence_spans(passage.text)
            if len(span.of(passage.text).split()) >= 4
        ]
        if not spans:
            return []
        vectors = self._embeddings.encode([question, *(span.of(passage.text) for _, passage, span in spans)])
        rarity = self._rarity(question)
        wanted = _answer_type(question)
        scored: list[Candidate] = []
        for (rank, passage, span), vector in zip(spans, vectors[1:], strict=True):
            text = span.of(passage.text)
            meaning = float(vectors[0] @ vector)
            words = self._shared(rarity, text)
            fits = wanted is not None and wanted.search(text) is not None
            score = (
                weights.meaning * meaning
                + weights.words * words
                + weights.rank / (1 + rank)
                + (weights.answer_type if fits else 0.0)
            )
            scored.append(Candidate(passage, span, meaning, words, score, vector))
        return sorted(scored, key=lambda each: -each.score)

    def _choose(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        weights = self._weights
        chosen: list[Candidate] = []
        words = 0
        for each in candidates:
            if len(chosen) == weights.most_sentences or each.score < weights.keep * candidates[0].score:
                break
            length = len(each.text.split())
            if chosen and words + length > weights.most_words:
                continue
            if any(float(each.vector @ other.vector) > weights.novelty for other in chosen):
                continue
            chosen.append(each)
            words += length
        return chosen

    def _bears_on(self, candidates: Sequence[Candidate]) -> bool:
        meaning = max(each.meaning for each in candidates)
        words = max(each.words for each in candidates)
        return meaning >= self._weights.enough_meaning or words >= self._weights.enough_words

    def _rarity(self, question: str) -> dict[str, float]:
        """The question's terms, each with its share of the question's information (inverse document frequency)."""
        total = max(1, self._size())
        terms = dict.fromkeys(self._analyzer.analyze(question))
        weights = {term: math.log(1 + total / (1 + self._lexical.document_frequency(term))) for term in terms}
        whole = sum(weights.values()) or 1.0
        return {term: weight / whole for term, weight in weights.items()}

    def _shared(self, rarity: dict[str, float], text: str) -> float:
        held = set(self._analyzer.analyze(text))
        return sum(weight for term, weight in rarity.items() if term in held)


def quoted(spans: Sequence[tuple[Passage, Span]]) -> Extract:
    """These spans as sentences with verbatim quotes, each cited to its paragraph."""
    sentences = tuple(Sentence(span.of(passage.text), (passage.key,)) for passage, span in spans)
    quotes = tuple(
        Quote(passage.key, passage.citation, span.of(passage.text), span.start, span.end) for passage, span in spans
    )
    return Extract(sentences, quotes)


_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|thousand|million|billion|half)\b", re.I
)
_ANSWER_TYPES = (
    (
        re.compile(r"\bhow (?:many|much|large|big|long|far|often)\b|\bnumber of\b|\bwhat (?:percent|share)", re.I),
        _NUMBER,
    ),
    (
        re.compile(r"\bwhen\b|\bwhat (?:date|day|month|year)\b|\bhow soon\b", re.I),
        re.compile(
            r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:19|20)\d\d"
            r"|week|month|year|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)s?\b",
            re.I,
        ),
    ),
    (
        re.compile(r"\bwhy\b|\bwhat (?:reason|explains)|\bon what grounds\b", re.I),
        re.compile(
            r"\b(?:because|since|due to|owing to|in order to|so that|as a result|reason|given|fear|concern)\b",
            re.I,
        ),
    ),
    (
        re.compile(r"\bwho(?:m|se)?\b|\bwhich (?:person|minister|official)", re.I),
        re.compile(r"[a-z,] (?:[A-Z][a-z]+ ){1,3}"),
    ),
    (
        re.compile(r"\bwhere\b|\bwhich (?:port|city|country|place|base)\b", re.I),
        re.compile(r"\b(?:in|at|to|from|near|of) [A-Z][a-z]+"),
    ),
)


def _answer_type(question: str) -> re.Pattern[str] | None:
    return next((answer for asked, answer in _ANSWER_TYPES if asked.search(question)), None)
