"""Sentences of the retrieved paragraphs with what is known about each: how likely its paragraph and it are the answer.

Two logistic regressions (`rag.answers.evidence_weights`): one says whether a paragraph is evidence, one which of its
sentences states it. The features come from one encoding, token by token: a sentence is seen in its paragraph, so that
"he" is near the name it stands for.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.answers.evidence_weights import ParagraphWeights, SentenceWeights
from rag.answers.question_match import QuestionMatch
from rag.domain.retrieved_paragraph import QuotedSpan, RetrievedParagraph
from rag.domain.span import Span
from rag.encoders.tokens import TokenReader, TokenText
from rag.text.administrative import is_administrative
from rag.text.answer_types import NUMBER, AnswerType, answer_type
from rag.text.prompt_injection import is_prompt_injection

Floats = NDArray[np.float32]
Windows = Callable[[RetrievedParagraph], Sequence[str]]
"""The windows that the encoder sees of a paragraph."""
Analyze = Callable[[str], list[str]]
Rarity = Callable[[Sequence[str]], dict[str, float]]
"""The rarity of analysed terms: inverse document frequency."""

LEAST_WORDS = 4
_NO_SENTENCE_BEFORE = -0.3
_PLAIN_TOKEN = 0.3
"""Weight of a token that is no content word; content words have their rarity."""


@dataclass(frozen=True, slots=True)
class CandidateSentence:
    """A sentence that may be quoted, by its place in `paragraph.sentences`.

    `covers` is, for each token of the question, its nearest token here.
    """

    paragraph: RetrievedParagraph
    place: int
    paragraph_odds: float
    odds: float
    covers: Floats
    vector: Floats

    @property
    def quoted(self) -> QuotedSpan:
        """The sentence where it stands."""
        return QuotedSpan(self.paragraph, self.paragraph.sentences[self.place])


@dataclass(frozen=True, slots=True)
class Evidence:
    """The candidates of a question, in the order of their paragraphs, and the weights of the question's tokens.

    `similarity` is the cosine of the nearest sentence; `coverage` the share of the question's information that is
    found, in its own words, in the one paragraph that has most of it.
    """

    candidates: tuple[CandidateSentence, ...]
    weights: Floats
    similarity: float = 0.0
    coverage: float = 0.0
    matches: tuple[QuestionMatch, ...] = ()
    """The question against each paragraph, best first."""


@dataclass(frozen=True, slots=True)
class _Question:
    text: str
    tokens: TokenText
    weights: Floats
    vector: Floats
    terms: dict[str, float]
    answer_type: AnswerType | None


@dataclass(frozen=True, slots=True)
class _Measured:
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

    def read(self, questions: Sequence[str], paragraphs: Sequence[RetrievedParagraph]) -> list[Evidence]:
        """For each question every sentence of four words or more, with the odds of its paragraph and its own."""
        texts = self._tokens.read_all([(paragraph.text, self._windows(paragraph)) for paragraph in paragraphs])
        return [self._evidence(question, paragraphs, texts) for question in questions]

    def _evidence(self, text: str, paragraphs: Sequence[RetrievedParagraph], tokens: Sequence[TokenText]) -> Evidence:
        question = self._question(text)
        pairs = list(zip(paragraphs, tokens, strict=True))
        sentences = [self._sentences(question, *pair) for pair in pairs]
        late = [_weighted(_covers(question.tokens.vectors, of.vectors), question.weights) for of in tokens]
        best_late = max((sentence.late for of in sentences for sentence in of), default=0.0)
        best_meaning = max((sentence.meaning for of in sentences for sentence in of), default=0.0)
        candidates: list[CandidateSentence] = []
        for rank, (paragraph, of_paragraph) in enumerate(zip(paragraphs, sentences, strict=True)):
            if not of_paragraph:
                continue
            weights = self._paragraph
            odds = (
                weights.constant
                + weights.rank / (1 + rank)
                + weights.late * late[rank]
                + weights.late_behind * (late[rank] - max(late))
                + weights.sentence_behind * (max(sentence.late for sentence in of_paragraph) - best_late)
                + weights.meaning_behind * (max(sentence.meaning for sentence in of_paragraph) - best_meaning)
                + weights.numbers * _numbers_covered(text, paragraph)
            )
            candidates += self._of_paragraph(question, paragraph, of_paragraph, odds)
        coverage = max((self._coverage(question, paragraph) for paragraph in paragraphs), default=0.0)
        matches = tuple(QuestionMatch(text, question.tokens, question.weights, *pair) for pair in pairs)
        return Evidence(tuple(candidates), question.weights, best_meaning, coverage, matches)

    def _coverage(self, question: _Question, source: RetrievedParagraph) -> float:
        terms = set(self._analyze(f"{source.text} {source.subject or ''} {source.post} {(source.date or '')[:4]}"))
        return sum(share for term, share in question.terms.items() if term in terms)

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
            answer_type=answer_type(question),
        )

    def _sentences(self, question: _Question, paragraph: RetrievedParagraph, tokens: TokenText) -> list[_Measured]:
        measured = []
        for span in paragraph.sentences:
            vectors = tokens.vectors[(tokens.middles >= span.start) & (tokens.middles <= span.end)]
            covers = _covers(question.tokens.vectors, vectors)
            text, vector = span.of(paragraph.text), _unit(vectors)
            late = _weighted(covers, question.weights)
            terms = frozenset(self._analyze(text))
            measured.append(_Measured(span, text, covers, vector, terms, late, float(question.vector @ vector)))
        return measured

    def _of_paragraph(
        self, question: _Question, paragraph: RetrievedParagraph, sentences: Sequence[_Measured], paragraph_odds: float
    ) -> list[CandidateSentence]:
        late = max(sentence.late for sentence in sentences)
        meaning = max(sentence.meaning for sentence in sentences)
        candidates = []
        for at, sentence in enumerate(sentences):
            if len(sentence.text.split()) < LEAST_WORDS or is_barred(sentence.text):
                continue
            before = sentences[at - 1] if at else None
            own = self._odds(question, sentence, before, late, meaning)
            odds = _logit(_probability(paragraph_odds) * _probability(own))
            candidates.append(CandidateSentence(paragraph, at, paragraph_odds, odds, sentence.covers, sentence.vector))
        return candidates

    def _odds(
        self, question: _Question, sentence: _Measured, before: _Measured | None, late: float, meaning: float
    ) -> float:
        """The log-odds of a sentence; `late` and `meaning` are the highest of its paragraph."""
        weights, wanted = self._sentence, question.answer_type
        has_type = wanted is not None and wanted.is_stated(sentence.text, question.text)
        return (
            weights.constant
            + weights.late * float(sentence.covers.mean() if sentence.covers.size else 0.0)
            + weights.late_behind * (sentence.late - late)
            + weights.meaning_behind * (sentence.meaning - meaning)
            + weights.fits * float(has_type)
            + weights.first * float(before is None)
            + weights.numbers * min(len(_new_numbers(sentence.text, question.text)), 3)
            + weights.before * (_added(question.terms, sentence, before) if before else 0.0)
            + weights.late_before * (before.late - late if before else _NO_SENTENCE_BEFORE)
        )


def is_barred(sentence: str) -> bool:
    """Whether it is never quoted: it gives orders to a machine, or is about the cable's handling."""
    return is_prompt_injection(sentence) or is_administrative(sentence)


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


def _numbers_covered(question: str, source: RetrievedParagraph) -> float:
    """The share of the question's numbers that the paragraph or its cable's fields have; 1 where it has none."""
    numbers = [number.strip(".,") for number in re.findall(r"\d[\d,.]*", question)]
    fields = (source.text, source.subject or "", source.heading or "", (source.date or "")[:4], source.citation)
    known = " ".join(fields)
    return sum(number in known for number in numbers) / len(numbers) if numbers else 1.0


def _new_numbers(sentence: str, question: str) -> set[str]:
    known = question.casefold()
    return {number for number in NUMBER.findall(sentence) if number.lower() not in known}


def _added(terms: Mapping[str, float], sentence: _Measured, before: _Measured) -> float:
    return sum(share for term, share in terms.items() if term in before.terms and term not in sentence.terms)


def _probability(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def _logit(probability: float) -> float:
    return math.log(probability / (1 - probability))
