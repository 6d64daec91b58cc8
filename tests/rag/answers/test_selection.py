from dataclasses import replace

import numpy as np
import pytest

from rag.answers.evidence import CandidateSentence, Evidence
from rag.answers.selection import Budget, choose, choose_by_parts
from rag.domain.span import Span
from tests.rag.samples import make_retrieved

TEXTS = (
    "The tariff on lantern oil mattered to the islanders, who burn it all winter.",
    "The tariff on lantern oil was set by ministers in the capital before the fair.",
    "A harpoonist by the name of Oskar Vell was arrested at the fish market.",
)


def evidence(*odds: float) -> Evidence:
    """A sentence a paragraph with these odds; each covers another token of the question."""
    unit = np.eye(len(TEXTS), dtype=np.float32)
    candidates = [
        CandidateSentence(
            make_retrieved(f"08QUILL{number + 1}#1", TEXTS[number]),
            Span(0, len(TEXTS[number])),
            own,
            own,
            unit[number],
            unit[number],
        )
        for number, own in enumerate(odds)
    ]
    return Evidence(tuple(candidates), np.full(len(TEXTS), 1 / len(TEXTS), dtype=np.float32))


def test_a_part_of_a_question_has_its_sentence_however_likely_those_of_another_are() -> None:
    budget = Budget(words=30, words_in_parts=30)
    whole, first, second = evidence(2.0, 1.9, -4.0), evidence(2.0, 1.9, -5.0), evidence(-3.0, -3.0, 1.0)
    assert [candidate.quoted.text for candidate in choose(whole, budget)] == list(TEXTS[:2])
    assert [candidate.quoted.text for candidate in choose_by_parts(whole, (first, second), budget)] == [
        TEXTS[0],
        TEXTS[2],
    ]


@pytest.mark.parametrize("parts", [2, 3, 4])
def test_what_answers_every_part_is_quoted_once(parts: int) -> None:
    only = evidence(3.0, -9.0, -9.0)
    chosen = choose_by_parts(only, [only] * parts, replace(Budget(), keep=0.5))
    assert [candidate.quoted.text for candidate in chosen] == [TEXTS[0]]
