"""Answers without a language model: the spans that answer, quoted and cited."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.answer import Quote, Sentence
from rag.doubt import Doubt, doubt_of
from rag.evidence import EvidenceReader
from rag.passage import Passage
from rag.selection import Budget, choose, in_reading_order
from rag.sentences import Span
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
        evidence = self._reader.read(question, passages[:PARAGRAPHS])
        chosen = in_reading_order(choose(evidence, self._budget))
        if not chosen or (evidence.meaning < _ENOUGH_MEANING and evidence.held < _ENOUGH_WORDS):
            return Extract(reason="no paragraph of the archive bears on the question closely enough to be quoted")
        found = quoted(_with_antecedents([(each.passage, each.span) for each in chosen]))
        return replace(found, odds=max(each.odds for each in chosen), doubt=doubt_of(question, evidence.matches))


def _with_antecedents(spans: Sequence[tuple[Passage, Span]]) -> list[tuple[Passage, Span]]:
    """The same with the sentence before where "he" needs it; where that is long, "he" has to do."""
    whole: list[tuple[Passage, Span]] = []
    for passage, span in spans:
        before = needed_before(passage, span)
        if before and (passage, before) not in spans and len(before.of(passage.text).split()) <= _LONGEST_ANTECEDENT:
            whole.append((passage, before))
        whole.append((passage, span))
    return whole


def quoted(spans: Sequence[tuple[Passage, Span]]) -> Extract:
    """These spans as sentences (see `rag.wording`) with verbatim quotes, each cited to its paragraph."""
    told = zip(spans, all_worded(spans), strict=True)
    sentences = tuple(Sentence(text, (passage.key,)) for (passage, _), text in told)
    quotes = tuple(
        Quote(passage.key, passage.citation, span.of(passage.text), span.start, span.end) for passage, span in spans
    )
    return Extract(sentences, quotes)
