"""Answers without a language model: one to three passages that answer, quoted and cited."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.answers.abstention import Abstention, no_answer_in
from rag.answers.comment_mark import shown
from rag.answers.evidence import CandidateSentence, Evidence, EvidenceReader
from rag.answers.name_coverage import NameCoverage
from rag.answers.passages import Passage, passages, stretches
from rag.answers.selection import Budget, choose, choose_by_parts
from rag.domain.answer import Quote, Sentence
from rag.domain.retrieved_paragraph import QuotedSpan, RetrievedParagraph
from rag.query.parsed_query import ParsedQuery

PARAGRAPHS = 10
"""How many of the retrieved paragraphs are read for passages."""

_WORD = re.compile(r"\w+")
_LITTLE = 0.2  # share of a quotation's words


@dataclass(frozen=True, slots=True)
class Extract:
    """Passages with their quotes; with an abstention they are the closest ones, not an answer.

    `candidates` are all sentences that were judged, in the order of their paragraphs; `chosen` the passages that
    answer, the best first.
    """

    sentences: tuple[Sentence, ...] = ()
    quotes: tuple[Quote, ...] = ()
    abstention: Abstention | None = None
    candidates: tuple[CandidateSentence, ...] = ()
    chosen: tuple[Passage, ...] = ()


class Extractor:
    """Chooses the passages of the retrieved paragraphs that answer a question."""

    def __init__(self, reader: EvidenceReader, names: NameCoverage, budget: Budget | None = None) -> None:
        self._reader = reader
        self._names = names
        self._budget = budget or Budget()

    def extract(self, query: ParsedQuery, paragraphs: Sequence[RetrievedParagraph]) -> Extract:
        """The passages to quote, paragraph by paragraph, or the reason for having none."""
        evidence, *of_parts = self._reader.read([part.text for part in query.searches], paragraphs[:PARAGRAPHS])
        chosen = choose_by_parts(evidence, of_parts, self._budget) if of_parts else choose(evidence, self._budget)
        abstention = no_answer_in(query, evidence, chosen, lambda: bool(self._names.unknown(query.text, query.filters)))
        candidates = _likeliest_of([evidence, *of_parts])
        if abstention is not None and abstention.final:
            return replace(abstained(abstention), candidates=candidates)
        if abstention is not None and abstention.quoted:
            chosen = [each for each in passages(evidence) if each.answering.quoted == abstention.quoted] or chosen
        answering = tuple(chosen) if abstention is None else ()
        return replace(quoted(_joined(chosen)), abstention=abstention, candidates=candidates, chosen=answering)


def quoted(spans: Sequence[QuotedSpan]) -> Extract:
    """These stretches of paragraphs with verbatim quotes, each cited to its paragraph."""
    sentences = tuple(Sentence(shown(each), (each.paragraph.key,)) for each in spans)
    return Extract(sentences, tuple(map(Quote.of, spans)))


def beside(written: Sequence[Sentence], chosen: Sequence[Passage], words: int) -> Extract:
    """The likeliest passage, and further ones while all sentences together have at most so many words.

    What was written already is not quoted once more.
    """
    left = words - sum(len(sentence.text.split()) for sentence in written)
    kept: list[Passage] = []
    for passage in sorted(chosen, key=lambda each: -each.answering.odds):
        if (kept and passage.words > left) or _adds_little(passage.answering.quoted.text, written):
            continue
        kept.append(passage)
        left -= passage.words
    return quoted(_joined(kept))


def _adds_little(quote: str, written: Sequence[Sentence]) -> bool:
    """Whether what was written has nearly all words of the quotation, and all its numbers."""
    known = {word for sentence in written for word in _WORD.findall(sentence.text.casefold())}
    words = _WORD.findall(quote.casefold())
    new = [word for word in words if word not in known]
    return len(new) <= _LITTLE * len(words) and not any(word.isdigit() for word in new)


def abstained(abstention: Abstention) -> Extract:
    """No answer, and nothing that comes close to one."""
    return Extract(abstention=abstention)


def _likeliest_of(readings: Sequence[Evidence]) -> tuple[CandidateSentence, ...]:
    """Each sentence with its highest odds, for the whole question or for one of its parts."""
    same = zip(*(reading.candidates for reading in readings), strict=True)
    return tuple(max(each, key=lambda candidate: candidate.odds) for each in same)


def _joined(chosen: Sequence[Passage]) -> list[QuotedSpan]:
    """The passages, those of one paragraph together and in its order, the best one's paragraph first."""
    places: dict[str, frozenset[int]] = {}
    for passage in chosen:
        places[passage.paragraph.key] = places.get(passage.paragraph.key, frozenset()) | passage.places
    paragraphs = {passage.paragraph.key: passage.paragraph for passage in chosen}
    return [each for key, paragraph in paragraphs.items() for each in stretches(paragraph, places[key])]
