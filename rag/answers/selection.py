"""Choosing what to quote: the likeliest sentences that together cover the question, within a budget of words."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from rag.answers.evidence import CandidateSentence, Evidence, Floats


@dataclass(frozen=True, slots=True)
class Budget:
    """How much is quoted; chosen on the `tune` halves of the golden sets."""

    words: int = 96
    sentences: int = 5
    paragraphs: int = 3
    paragraph_share: float = 0.25
    """A further paragraph is cited only where it is at least this likely, as a share of the likeliest."""
    keep: float = 0.2
    """A further sentence must be worth this share of the best."""
    alike: float = 0.95
    """A sentence nearer than this cosine to one already chosen says nothing new."""
    coverage: float = 20.0
    """What a sentence gains by covering tokens of the question that those chosen do not."""
    brevity: float = 0.3
    """What 30 words over 15 cost, as an exponent."""
    words_in_parts: int = 116
    """Words for a question that asks for several things, the same number for each."""
    paragraphs_a_part: int = 2
    part: float = 0.7
    """How much the odds for the part of such a question count, against those for the whole of it."""


def choose(evidence: Evidence, budget: Budget) -> list[CandidateSentence]:
    """The sentences to quote, best first; none where there is no candidate."""
    chosen: list[CandidateSentence] = []
    covered = np.zeros(len(evidence.weights), dtype=np.float32)
    worth = [_worth(each, budget) for each in evidence.candidates]
    likeliest = max((_probability(each.paragraph_odds) for each in evidence.candidates), default=0.0)
    while len(chosen) < budget.sentences:
        best, value = None, 0.0
        for each, own in zip(evidence.candidates, worth, strict=True):
            if not _admissible(each, chosen, likeliest, budget):
                continue
            gain = _gain(each, covered, evidence.weights) if chosen else 0.0
            if own * (1 + budget.coverage * gain) > value:
                best, value = each, own * (1 + budget.coverage * gain)
        if best is None or (chosen and value < budget.keep * max(worth)):
            break
        chosen.append(best)
        covered = np.maximum(covered, best.covers)
    return chosen


def choose_by_parts(evidence: Evidence, parts: Sequence[Evidence], budget: Budget) -> list[CandidateSentence]:
    """The sentences to quote for each part of a question in turn.

    `parts` are the evidence for the parts, `evidence` is that for the whole of it, over the same paragraphs.
    """
    each_one = replace(
        budget,
        words=budget.words_in_parts // len(parts),
        sentences=max(1, budget.sentences // len(parts)),
        paragraphs=budget.paragraphs_a_part,
    )
    chosen: dict[tuple[str, int], CandidateSentence] = {}
    for part in parts:
        for each in choose(_leaning(evidence, part, budget.part), each_one):
            chosen.setdefault((each.paragraph.key, each.span.start), each)
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


def _worth(candidate: CandidateSentence, budget: Budget) -> float:
    return _probability(candidate.odds) * math.exp(-budget.brevity * max(0, candidate.words - 15) / 30)


def _admissible(each: CandidateSentence, chosen: Sequence[CandidateSentence], likeliest: float, budget: Budget) -> bool:
    if not chosen:
        return True
    if sum(other.words for other in chosen) + each.words > budget.words:
        return False
    cited = {other.paragraph.key for other in chosen}
    if each.paragraph.key not in cited and (
        len(cited) >= budget.paragraphs or _probability(each.paragraph_odds) < budget.paragraph_share * likeliest
    ):
        return False
    return not any(float(each.vector @ other.vector) > budget.alike for other in chosen)


def _gain(each: CandidateSentence, covered: Floats, weights: Floats) -> float:
    return float((weights * np.maximum(0, each.covers - covered)).sum())


def _probability(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))
