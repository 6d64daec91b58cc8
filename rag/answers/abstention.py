"""Deciding that there is no answer, and the reason that is given for it.

Similarity alone does not tell: a question the archive cannot answer uses its words as often as one it can. What tells
is a number that is asked for and missing, a denial of what the question takes for granted, and a name that no cable
mentions. The first two read every token in its context and cannot judge a question that asks for several things. The
bounds were chosen on the `tune` halves.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.answers.evidence import Evidence
from rag.answers.false_premise import denied_premise
from rag.answers.missing_number import asks_quantity, quantity_coverage
from rag.answers.passages import Passage
from rag.domain.answer import Sentence
from rag.domain.retrieved_paragraph import QuotedSpan
from rag.query.parsed_query import ParsedQuery

_LEAST_SIMILARITY = 0.37
_LEAST_COVERAGE = 0.60
_LEAST_QUANTITY = 1.45


@dataclass(frozen=True, slots=True)
class Abstention:
    """Why there is no answer.

    `quoted` is a sentence to show with the reason: one that denies what the question takes for granted. `final` means
    that no language model is asked either: there is nothing to show it.
    """

    reason: str
    quoted: QuotedSpan | None = None
    final: bool = False


def unknown_citation(query: ParsedQuery) -> Abstention | None:
    """The question cites what the archive does not hold."""
    return Abstention("; ".join(query.cited.missing), final=True) if query.cited.missing else None


def no_answer_in(
    query: ParsedQuery, evidence: Evidence, chosen: Sequence[Passage], names_unknown: Callable[[], bool]
) -> Abstention | None:
    """What speaks against answering with the chosen sentences; None when nothing does.

    `names_unknown` tells whether the question has a name that no cable searched mentions.
    """
    if not chosen or (evidence.similarity < _LEAST_SIMILARITY and evidence.coverage < _LEAST_COVERAGE):
        return Abstention("no paragraph of the archive bears on the question closely enough to be quoted", final=True)
    if not query.parts:
        if asks_quantity(query.text) and quantity_coverage(evidence.matches) < _LEAST_QUANTITY:
            return Abstention("the paragraphs nearest to the question do not give the number it asks for")
        if denial := denied_premise(evidence.matches):
            citation = denial.paragraph.citation
            return Abstention(f"what the question takes for granted seems to be denied in {citation}", denial)
    if names_unknown():
        return Abstention("the question rests on a name that was not found")
    return None


ALL_WITHHELD = "nothing the language model wrote was borne out by the sources"


def is_all_withheld(sentences: Sequence[Sentence], declined: bool) -> bool:
    """Whether the language model answered, but wrote nothing that the sources bear out."""
    return not declined and not any(sentence.supported for sentence in sentences)


def nothing_written(sentences: Sequence[Sentence], declined: bool) -> Abstention | None:
    """The language model declined, or wrote nothing that its sources bear out."""
    if declined:
        return Abstention("the language model found no answer in the retrieved paragraphs")
    if is_all_withheld(sentences, declined):
        return Abstention(ALL_WITHHELD)
    return None
