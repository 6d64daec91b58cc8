"""Answers without a language model: the spans that answer, quoted and cited."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.answer import Quote, Sentence
from rag.doubt import Doubt, doubt_of
from rag.evidence import Candidate, EvidenceReader
from rag.passage import Passage
from rag.question_parts import question_parts
from rag.repetition import Told, told_once
from rag.selection import Budget, choose, choose_by_parts
from rag.wording import all_worded, needed_before

PARAGRAPHS = 10
"""How many of the retrieved paragraphs are read for sentences."""

_ENOUGH_MEANING = 0.37
_ENOUGH_WORDS = 0.60
_LONGEST_ANTECEDENT = 35


@dataclass(frozen=True, slots=True)
class Extract:
    """The chosen sentences with their quotes; empty with a `reason` when nothing bears on the question.

    `odds` are those of the likeliest sentence; `doubt` says why the sentences may be no answer all the same.
    """

    sentences: tuple[Sentence, ...] = ()
    quotes: tuple[Quote, ...] = ()
    reason: str | None = None
    odds: float = 0.0
    doubt: Doubt | None = None


class Extractor:
    """Chooses the sentences of the retrieved paragraphs that answer a question."""

    def __init__(self, reader: EvidenceReader, budget: Budget | None = None) -> None:
        self._reader = reader
        self._budget = budget or Budget()

    def extract(self, question: str, passages: Sequence[Passage]) -> Extract:
        """The sentences to quote, paragraph by paragraph, or a reason for having none."""
        evidence, *parts = self._reader.read((question, *question_parts(question)), passages[:PARAGRAPHS])
        chosen = choose_by_parts(evidence, parts, self._budget) if parts else choose(evidence, self._budget)
        if not chosen or (evidence.meaning < _ENOUGH_MEANING and evidence.held < _ENOUGH_WORDS):
            return Extract(reason="no paragraph of the archive bears on the question closely enough to be quoted")
        told = _with_antecedents(chosen, self._budget.sentences)
        groups = told_once(told, [(each.passage, each.span) for each in evidence.candidates])
        found = _quoted_once(_in_reading_order(groups))
        return replace(found, odds=max(each.odds for each in chosen), doubt=doubt_of(question, evidence.matches))


def _with_antecedents(chosen: Sequence[Candidate], most: int) -> list[Told]:
    """At most so many sentences, the best first, each behind the one before it where "he" needs that.

    Where the one before is long, "he" has to do.
    """
    told: list[Told] = []
    for each in chosen:
        passage, before = each.passage, needed_before(each.passage, each.span)
        if before and len(before.of(passage.text).split()) > _LONGEST_ANTECEDENT:
            before = None
        more = [(passage, span) for span in (before, each.span) if span and (passage, span) not in told]
        if len(told) + len(more) <= most:
            told += more
    return told


def _in_reading_order(groups: Sequence[Sequence[Told]]) -> list[Sequence[Told]]:
    """By their first spans: those of one paragraph together and in its order, the best one's paragraph first."""
    keys = list(dict.fromkeys(group[0][0].key for group in groups))
    return sorted(groups, key=lambda group: (keys.index(group[0][0].key), group[0][1].start))


def quoted(spans: Sequence[Told]) -> Extract:
    """These spans as sentences (see `rag.wording`) with verbatim quotes, each cited to its paragraph."""
    return _quoted_once([[told] for told in spans])


def _quoted_once(groups: Sequence[Sequence[Told]]) -> Extract:
    """The first span of each group as a sentence, cited to the paragraphs of all; quotes of all."""
    texts = all_worded([group[0] for group in groups])
    cited = [tuple(dict.fromkeys(passage.key for passage, _ in group)) for group in groups]
    quotes = tuple(
        Quote(passage.key, passage.citation, span.of(passage.text), span.start, span.end)
        for group in groups
        for passage, span in group
    )
    return Extract(tuple(map(Sentence, texts, cited)), quotes)
