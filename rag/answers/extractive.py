"""Answers without a language model: one to three passages that answer, quoted and cited."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.answers.abstention import Abstention, no_answer_in
from rag.answers.decontextualize import shown
from rag.answers.evidence import EvidenceReader
from rag.answers.name_coverage import NameCoverage
from rag.answers.passages import Passage, passages, stretches
from rag.answers.selection import Budget, choose, choose_by_parts
from rag.domain.answer import Quote, Sentence
from rag.domain.retrieved_paragraph import QuotedSpan, RetrievedParagraph
from rag.query.parsed_query import ParsedQuery

PARAGRAPHS = 10
"""How many of the retrieved paragraphs are read for passages."""


@dataclass(frozen=True, slots=True)
class Extract:
    """Passages with their quotes; with an abstention they are the closest ones, not an answer."""

    sentences: tuple[Sentence, ...] = ()
    quotes: tuple[Quote, ...] = ()
    abstention: Abstention | None = None


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
        if abstention is not None and abstention.final:
            return abstained(abstention)
        if abstention is not None and abstention.quoted:
            chosen = [each for each in passages(evidence) if each.answering.quoted == abstention.quoted] or chosen
        return replace(quoted(_joined(chosen)), abstention=abstention)


def quoted(spans: Sequence[QuotedSpan]) -> Extract:
    """These stretches of paragraphs with verbatim quotes, each cited to its paragraph."""
    sentences = tuple(Sentence(shown(each), (each.paragraph.key,)) for each in spans)
    return Extract(sentences, tuple(map(_quote, spans)))


def abstained(abstention: Abstention) -> Extract:
    """No answer, and nothing that comes close to one."""
    return Extract(abstention=abstention)


def _joined(chosen: Sequence[Passage]) -> list[QuotedSpan]:
    """The passages, those of one paragraph together and in its order, the best one's paragraph first."""
    places: dict[str, frozenset[int]] = {}
    for passage in chosen:
        places[passage.paragraph.key] = places.get(passage.paragraph.key, frozenset()) | passage.places
    paragraphs = {passage.paragraph.key: passage.paragraph for passage in chosen}
    return [each for key, paragraph in paragraphs.items() for each in stretches(paragraph, places[key])]


def _quote(quotation: QuotedSpan) -> Quote:
    source, span = quotation.paragraph, quotation.span
    return Quote(source.key, source.citation, quotation.text, span.start, span.end)
