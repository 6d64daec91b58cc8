"""Reasons to think that the archive has no answer although its paragraphs are about the question.

Nearness alone does not tell: a question the archive cannot answer uses its words as often as one it can. What tells is
a number that is asked for and not there, and a denial of what the question takes for granted. Both read every token
in its context; neither can judge a question that asks for several things. The bounds were chosen on the `tune` halves.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.denials import Contrary, contrary
from rag.matching import Match
from rag.quantities import asks_quantity, quantity_held
from rag.question_parts import question_parts

_LEAST_QUANTITY = 1.34


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why the nearest sentences are no answer; `contrary` is one that denies what the question takes for granted."""

    reason: str
    contrary: Contrary | None = None


def doubt_of(question: str, matches: Sequence[Match]) -> Doubt | None:
    """What speaks against answering from these paragraphs, best first; None when nothing does."""
    if question_parts(question):
        return None
    if asks_quantity(question) and quantity_held(matches) < _LEAST_QUANTITY:
        return Doubt("the paragraphs nearest to the question do not give the number it asks for")
    denied = contrary(matches)
    if denied is None:
        return None
    return Doubt(f"what the question takes for granted seems to be denied in {denied.passage.citation}", denied)
