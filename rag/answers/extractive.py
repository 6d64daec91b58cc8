"""Answers without a language model: the sentences that answer, quoted and cited."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.answers.abstention import Abstention, no_answer_in
from rag.answers.decontextualize import all_decontextualized, antecedent
from rag.answers.deduplicate import deduplicated
from rag.answers.evidence import CandidateSentence, Evidence, EvidenceReader
from rag.answers.name_coverage import NameCoverage
from rag.answers.selection import Budget, choose, choose_by_parts
from rag.domain.answer import Quote, Sentence
from rag.domain.retrieved_paragraph import QuotedSpan, RetrievedParagraph
from rag.query.parsed_query import ParsedQuery

PARAGRAPHS = 10
"""How many of the retrieved paragraphs are read for sentences."""

_WORD = re.compile(r"\w+")
_LITTLE = 0.2  # share of a quotation's words
_LONGEST_ANTECEDENT = 35  # words


@dataclass(frozen=True, slots=True)
class Extract:
    """Sentences with their quotes, or the abstention in their place, with the sentence it quotes, if any.

    `candidates` are all sentences that were judged, in the order of their paragraphs; `chosen` those that answer, the
    best first.
    """

    sentences: tuple[Sentence, ...] = ()
    quotes: tuple[Quote, ...] = ()
    abstention: Abstention | None = None
    candidates: tuple[CandidateSentence, ...] = ()
    chosen: tuple[CandidateSentence, ...] = ()


class Extractor:
    """Chooses the sentences of the retrieved paragraphs that answer a question."""

    def __init__(self, reader: EvidenceReader, names: NameCoverage, budget: Budget | None = None) -> None:
        self._reader = reader
        self._names = names
        self._budget = budget or Budget()

    def extract(self, query: ParsedQuery, paragraphs: Sequence[RetrievedParagraph]) -> Extract:
        """The sentences to quote, paragraph by paragraph, or the reason for having none."""
        evidence, *of_parts = self._reader.read([part.text for part in query.searches], paragraphs[:PARAGRAPHS])
        chosen = choose_by_parts(evidence, of_parts, self._budget) if of_parts else choose(evidence, self._budget)
        abstention = no_answer_in(query, evidence, chosen, lambda: bool(self._names.unknown(query.text, query.filters)))
        candidates = _likeliest_of([evidence, *of_parts])
        if abstention is not None:
            return replace(abstained(abstention), candidates=candidates)
        sentences = _with_antecedents(chosen, self._budget.sentences)
        groups = deduplicated(sentences, [candidate.quoted for candidate in evidence.candidates])
        return replace(_extract(_in_reading_order(groups)), candidates=candidates, chosen=tuple(chosen))


def quoted(sentences: Sequence[QuotedSpan]) -> Extract:
    """These sentences as they stand alone, with verbatim quotes, each cited to its paragraph."""
    return _extract([[sentence] for sentence in sentences])


def beside(written: Sequence[Sentence], chosen: Sequence[CandidateSentence], words: int) -> Extract:
    """The likeliest quotation, and further ones while all sentences together have at most so many words.

    What was written already is not quoted once more.
    """
    left = words - sum(len(sentence.text.split()) for sentence in written)
    sentences: list[QuotedSpan] = []
    for candidate in sorted(chosen, key=lambda each: -each.odds):
        quote = candidate.quoted
        if (sentences and candidate.words > left) or _adds_little(quote.text, written):
            continue
        sentences.append(quote)
        left -= candidate.words
    return quoted(sentences)


def _adds_little(quote: str, written: Sequence[Sentence]) -> bool:
    """Whether what was written has nearly all words of the quotation, and all its numbers."""
    known = {word for sentence in written for word in _WORD.findall(sentence.text.casefold())}
    words = _WORD.findall(quote.casefold())
    new = [word for word in words if word not in known]
    return len(new) <= _LITTLE * len(words) and not any(word.isdigit() for word in new)


def abstained(abstention: Abstention) -> Extract:
    """No answer, with the sentence that the reason quotes, if it quotes one."""
    shown = quoted([abstention.quoted] if abstention.quoted else [])
    return Extract(shown.sentences, shown.quotes, abstention)


def _likeliest_of(readings: Sequence[Evidence]) -> tuple[CandidateSentence, ...]:
    """Each sentence with its highest odds, for the whole question or for one of its parts."""
    same = zip(*(reading.candidates for reading in readings), strict=True)
    return tuple(max(each, key=lambda candidate: candidate.odds) for each in same)


def _with_antecedents(chosen: Sequence[CandidateSentence], most: int) -> list[QuotedSpan]:
    """At most so many sentences, the best first, each behind the one before it where its pronoun needs that.

    An antecedent that is too long is left out, and the pronoun stays.
    """
    sentences: list[QuotedSpan] = []
    for candidate in chosen:
        before = antecedent(candidate.quoted)
        if before and len(before.text.split()) > _LONGEST_ANTECEDENT:
            before = None
        further = [each for each in (before, candidate.quoted) if each and each not in sentences]
        if len(sentences) + len(further) <= most:
            sentences += further
    return sentences


def _in_reading_order(groups: Sequence[Sequence[QuotedSpan]]) -> list[Sequence[QuotedSpan]]:
    """By their first sentences: those of one paragraph together and in its order, the best one's paragraph first."""
    keys = list(dict.fromkeys(group[0].paragraph.key for group in groups))
    return sorted(groups, key=lambda group: (keys.index(group[0].paragraph.key), group[0].span.start))


def _extract(groups: Sequence[Sequence[QuotedSpan]]) -> Extract:
    """The first of each group as a sentence, cited to the paragraphs of all; quotes of all."""
    texts = all_decontextualized([group[0] for group in groups])
    cited = [tuple(dict.fromkeys(sentence.paragraph.key for sentence in group)) for group in groups]
    quotes = tuple(_quote(sentence) for group in groups for sentence in group)
    return Extract(tuple(map(Sentence, texts, cited)), quotes)


def _quote(sentence: QuotedSpan) -> Quote:
    source, span = sentence.paragraph, sentence.span
    return Quote(source.key, source.citation, sentence.text, span.start, span.end)
