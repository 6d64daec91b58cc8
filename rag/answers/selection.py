"""Choosing what to quote: the likeliest passages that together cover the question, within a budget of words."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from rag.answers.evidence import Evidence, Floats
from rag.answers.passages import Passage, passages, words_of


@dataclass(frozen=True, slots=True)
class Budget:
    """How much is quoted; chosen on the `tune` halves of the golden sets."""

    words: int = 96
    passages: int = 3
    paragraph_share: float = 0.25
    """A further paragraph is cited only where it is at least this likely, as a share of the likeliest."""
    keep: float = 0.5
    """A further passage must be worth this share of the best."""
    alike: float = 0.95
    """A passage whose answering sentence is nearer than this cosine to one chosen says nothing new."""
    coverage: float = 20.0
    """What a passage gains by covering tokens of the question that those chosen do not."""
    brevity: float = 0.3
    """What 30 words over 15 cost, as an exponent."""
    unresolved: float = 0.5
    """What a passage is worth, as a share, whose opening points to something outside it."""
    words_in_parts: int = 116
    """Words for a question that asks for several things, the same number for each."""
    part: float = 0.7
    """How much the odds for the part of such a question count, against those for the whole of it."""


def choose(evidence: Evidence, budget: Budget) -> list[Passage]:
    """The passages to quote, best first; none where there is no candidate."""
    offered = passages(evidence)
    worth = [_worth(each, budget) for each in offered]
    likeliest = max((_probability(each.answering.paragraph_odds) for each in offered), default=0.0)
    covered = np.zeros(len(evidence.weights), dtype=np.float32)
    chosen: list[Passage] = []
    while len(chosen) < budget.passages:
        best, value = None, 0.0
        for each, own in zip(offered, worth, strict=True):
            gain = _gain(each, covered, evidence.weights) if chosen else 0.0
            if own * (1 + budget.coverage * gain) > value and _admissible(each, chosen, likeliest, budget):
                best, value = each, own * (1 + budget.coverage * gain)
        if best is None or (chosen and value < budget.keep * max(worth)):
            break
        chosen.append(best)
        covered = np.maximum(covered, best.covers)
    return chosen


def choose_by_parts(evidence: Evidence, parts: Sequence[Evidence], budget: Budget) -> list[Passage]:
    """The passages to quote for each part of a question in turn.

    `parts` are the evidence for the parts, `evidence` is that for the whole of it, over the same paragraphs.
    """
    each_one = replace(
        budget, words=budget.words_in_parts // len(parts), passages=max(1, budget.passages // len(parts))
    )
    chosen: dict[tuple[str, int], Passage] = {}
    for part in parts:
        for each in choose(_leaning(evidence, part, budget.part), each_one):
            chosen.setdefault((each.paragraph.key, each.answering.place), each)
    return list(chosen.values())


def _leaning(whole: Evidence, part: Evidence, share: float) -> Evidence:
    """The evidence for a part, with the odds of both."""

    def between(one: float, other: float) -> float:
        return share * one + (1 - share) * other

    return replace(
        part,
        candidates=tuple(
            replace(
                own,
                odds=between(own.odds, other.odds),
                paragraph_odds=between(own.paragraph_odds, other.paragraph_odds),
            )
            for own, other in zip(part.candidates, whole.candidates, strict=True)
        ),
    )


def _worth(passage: Passage, budget: Budget) -> float:
    share = 1.0 if passage.resolved else budget.unresolved
    return share * _probability(passage.answering.odds) * math.exp(-budget.brevity * max(0, passage.words - 15) / 30)


def _admissible(each: Passage, chosen: Sequence[Passage], likeliest: float, budget: Budget) -> bool:
    if not chosen:
        return True
    shown = {other.paragraph.key: other.places for other in chosen}
    for other in chosen:
        shown[other.paragraph.key] |= other.places
    before = shown.get(each.paragraph.key, frozenset())
    if each.answering.place in before:
        return False
    words = sum(words_of(other.paragraph, shown[other.paragraph.key]) for other in _first_of_each(chosen))
    if words + words_of(each.paragraph, each.places - before) > budget.words:
        return False
    if not before and _probability(each.answering.paragraph_odds) < budget.paragraph_share * likeliest:
        return False
    return not any(float(each.answering.vector @ other.answering.vector) > budget.alike for other in chosen)


def _first_of_each(chosen: Sequence[Passage]) -> list[Passage]:
    return list({passage.paragraph.key: passage for passage in reversed(chosen)}.values())


def _gain(each: Passage, covered: Floats, weights: Floats) -> float:
    return float((weights * np.maximum(0, each.covers - covered)).sum())


def _probability(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))
