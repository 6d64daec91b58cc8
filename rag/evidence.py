"""Sentences of the retrieved paragraphs with what is known about each: how likely its paragraph and it are the answer.

Two logistic regressions (`rag.evidence_weights`): one says whether a paragraph is evidence, one which of its sentences
states it. The features come from one encoding, token by token: a
sentence is seen in its paragraph, so that "he" is near the name it stands for.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.answer_types import NUMBER, AnswerType, answer_type
from rag.evidence_weights import ParagraphWeights, SentenceWeights
from rag.instructions import steers
from rag.matching import Match
from rag.passage import Passage
from rag.sentences import Span, sentence_spans
from rag.tokens import TokenReader, TokenText

Floats = NDArray[np.float32]
Windows = Callable[[Sequence[str]], Mapping[str, Sequence[str]]]
"""The windows the encoder sees of the paragraphs with these keys."""
Analyze = Callable[[str], list[str]]
Rarity = Callable[[Sequence[str]], dict[str, float]]
"""The rarity of analysed terms: inverse document frequency."""

LEAST_WORDS = 4
_NO_SENTENCE_BEFORE = -0.3
_PLAIN_TOKEN = 0.3
"""Weight of a token that is no content word; content words have their rarity."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be quoted. `covers` is, for each token of the question, its nearest token here."""

    passage: Passage
    span: Span
    paragraph_odds: float
    odds: float
    covers: Floats
    vector: Floats

    @property
    def text(self) -> str:
        """The sentence."""
        return self.span.of(self.passage.text)

    @property
    def words(self) -> int:
        """Its length in words."""
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class Evidence:
    """The candidates of a question, in the order of their paragraphs, and the weights of the question's tokens.

    `meaning` is the cosine of the nearest sentence; `held` the share of the question's information that the one
    paragraph that holds most of it has in its own words.
    """

    candidates: tuple[Candidate, ...]
    weights: Floats
    meaning: float = 0.0
    held: float = 0.0
    matches: tuple[Match, ...] = ()
    """The question against each paragraph, best first."""


@dataclass(frozen=True, slots=True)
class _Question:
    text: str
    tokens: TokenText
    weights: Floats
    vector: Floats
    terms: dict[str, float]
    wanted: AnswerType | None


@dataclass(frozen=True, slots=True)
class _Read:
    """A sentence with its raw measures."""

    span: Span
    text: str
    covers: Floats
    vector: Floats
    terms: frozenset[str]
    late: float
    meaning: float


class EvidenceReader:
    """Measures the sentences of passages against a question."""

    def __init__(
        self,
        tokens: TokenReader,
        windows: Windows,
        analyze: Analyze,
        rarity: Rarity,
        paragraph: ParagraphWeights | None = None,
        sentence: SentenceWeights | None = None,
    ) -> None:
        self._tokens = tokens
        self._windows = windows
        self._analyze = analyze
        self._rarity = rarity
        self._paragraph = paragraph or ParagraphWeights()
        self._sentence = sentence or SentenceWeights()

    def read(self, questions: Sequence[str], passages: Sequence[Passage]) -> list[Evidence]:
        """For each question every sentence of four words or more, with the odds of its paragraph and its own."""
        windows = self._windows([passage.key for passage in passages])
        texts = self._tokens.read_all([(passage.text, windows.get(passage.key, ())) for passage in passages])
        return [self._evidence(question, passages, texts) for question in questions]

    def _evidence(self, question: str, passages: Sequence[Passage], texts: Sequence[TokenText]) -> Evidence:
        asked = self._question(question)
        read = [self._sentences(asked, passage, text) for passage, text in zip(passages, texts, strict=True)]
        whole = [_weighted(_covers(asked.tokens.vectors, text.vectors), asked.weights) for text in texts]
        best_late = max((each.late for sentences in read for each in sentences), default=0.0)
        best_meaning = max((each.meaning for sentences in read for each in sentences), default=0.0)
        candidates: list[Candidate] = []
        for rank, (passage, sentences, late) in enumerate(zip(passages, read, whole, strict=True)):
            if not sentences:
                continue
            weights = self._paragraph
            odds = (
                weights.constant
                + weights.rank / (1 + rank)
                + weights.late * late
                + weights.late_behind * (late - max(whole))
                + weights.sentence_behind * (max(each.late for each in sentences) - best_late)
                + weights.meaning_behind * (max(each.meaning for each in sentences) - best_meaning)
                + weights.numbers * _numbers_held(asked.text, passage)
            )
            candidates += self._of_paragraph(asked, passage, sentences, odds)
        held = max((self._held(asked, passage) for passage in passages), default=0.0)
        both = zip(passages, texts, strict=True)
        matches = tuple(Match(question, asked.tokens, asked.weights, passage, text) for passage, text in both)
        return Evidence(tuple(candidates), asked.weights, best_meaning, held, matches)

    def _held(self, asked: _Question, passage: Passage) -> float:
        terms = set(self._analyze(f"{passage.text} {passage.subject or ''} {passage.post} {(passage.date or '')[:4]}"))
        return sum(share for term, share in asked.terms.items() if term in terms)

    def _question(self, question: str) -> _Question:
        tokens = self._tokens.read(question)
        stems = [self._analyze(word.replace("##", "")) for word in tokens.words]
        terms = list(dict.fromkeys(self._analyze(question)))
        rarity = self._rarity([*terms, *(stem for each in stems for stem in each)])
        weights = np.asarray(
            [
                rarity[stem[0]] if stem and len(word.replace("##", "")) > 1 else _PLAIN_TOKEN
                for word, stem in zip(tokens.words, stems, strict=True)
            ],
            dtype=np.float32,
        )
        whole = sum(rarity[term] for term in terms) or 1.0
        return _Question(
            text=question,
            tokens=tokens,
            weights=weights / max(float(weights.sum()), 1e-9),
            vector=_unit(tokens.vectors),
            terms={term: rarity[term] / whole for term in terms},
            wanted=answer_type(question),
        )

    def _sentences(self, asked: _Question, passage: Passage, tokens: TokenText) -> list[_Read]:
        read = []
        for span in sentence_spans(passage.text):
            vectors = tokens.vectors[(tokens.middles >= span.start) & (tokens.middles <= span.end)]
            covers = _covers(asked.tokens.vectors, vectors)
            text, vector = span.of(passage.text), _unit(vectors)
            late = _weighted(covers, asked.weights)
            terms = frozenset(self._analyze(text))
            read.append(_Read(span, text, covers, vector, terms, late, float(asked.vector @ vector)))
        return read

    def _of_paragraph(
        self, asked: _Question, passage: Passage, sentences: Sequence[_Read], paragraph: float
    ) -> list[Candidate]:
        weights = self._sentence
        late, meaning = max(each.late for each in sentences), max(each.meaning for each in sentences)
        found = []
        for at, each in enumerate(sentences):
            before = sentences[at - 1] if at else None
            own = (
                weights.constant
                + weights.late * float(each.covers.mean() if each.covers.size else 0.0)
                + weights.late_behind * (each.late - late)
                + weights.meaning_behind * (each.meaning - meaning)
                + weights.fits * float(asked.wanted is not None and asked.wanted.fits(each.text, asked.text))
                + weights.first * float(before is None)
                + weights.numbers * min(len(_new_numbers(each.text, asked.text)), 3)
                + weights.before * (_added(asked.terms, each, before) if before else 0.0)
                + weights.late_before * (before.late - late if before else _NO_SENTENCE_BEFORE)
            )
            if len(each.text.split()) >= LEAST_WORDS and not steers(each.text):
                odds = _logit(_probability(paragraph) * _probability(own))
                found.append(Candidate(passage, each.span, paragraph, odds, each.covers, each.vector))
        return found


def _covers(question: Floats, text: Floats) -> Floats:
    """For each token of the question the cosine of its nearest token in the text, shape (tokens of the question,)."""
    if not text.size:
        return np.zeros(len(question), dtype=np.float32)
    covers: Floats = (question @ text.T).max(axis=1)
    return covers


def _weighted(covers: Floats, weights: Floats) -> float:
    return float((covers * weights).sum())


def _unit(vectors: Floats) -> Floats:
    if not vectors.size:
        return np.zeros(vectors.shape[1], dtype=np.float32)
    mean = vectors.mean(axis=0)
    unit: Floats = mean / max(float(np.linalg.norm(mean)), 1e-9)
    return unit


def _numbers_held(question: str, passage: Passage) -> float:
    asked = [number.strip(".,") for number in re.findall(r"\d[\d,.]*", question)]
    said = (passage.text, passage.subject or "", passage.heading or "", (passage.date or "")[:4], passage.citation)
    held = " ".join(said)
    return sum(number in held for number in asked) / len(asked) if asked else 1.0


def _new_numbers(sentence: str, question: str) -> set[str]:
    known = question.casefold()
    return {number for number in NUMBER.findall(sentence) if number.lower() not in known}


def _added(terms: Mapping[str, float], sentence: _Read, before: _Read) -> float:
    return sum(share for term, share in terms.items() if term in before.terms and term not in sentence.terms)


def _probability(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def _logit(probability: float) -> float:
    return math.log(probability / (1 - probability))
