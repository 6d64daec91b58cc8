"""The weights of the evidence features: logistic regressions fitted on the `tune` halves of the golden sets."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ParagraphWeights:
    """Log-odds that a paragraph is evidence, by feature."""

    rank: float = 2.12
    """1 / (1 + rank)."""
    late: float = 3.22
    """MaxSim of the question against the paragraph, tokens weighted by rarity."""
    late_behind: float = 5.25
    """The same, less that of the best paragraph."""
    sentence_behind: float = 4.98
    """MaxSim of its best sentence, less that of the best of all."""
    meaning_behind: float = 2.69
    """Cosine of its nearest sentence, less that of the nearest of all."""
    numbers: float = 0.65
    """Share of the question's numbers that it holds, or its date."""
    constant: float = -3.74


@dataclass(frozen=True, slots=True)
class SentenceWeights:
    """Log-odds that a sentence of such a paragraph states the answer, by feature."""

    late: float = 1.86
    """MaxSim, all tokens alike."""
    late_behind: float = 6.32
    """MaxSim weighted by rarity, less that of the paragraph's best sentence."""
    meaning_behind: float = 12.05
    """Cosine, less that of the paragraph's nearest sentence."""
    fits: float = 0.44
    """It holds the kind of thing that is asked for."""
    first: float = -0.49
    """It opens the paragraph."""
    numbers: float = 0.28
    """Numbers that the question does not have, up to three."""
    before: float = 2.35
    """Share of the question's information that the sentence before adds."""
    late_before: float = -1.30
    """MaxSim of the sentence before, less that of the paragraph's best."""
    constant: float = -1.26
