from dataclasses import replace

import numpy as np
import pytest

from rag.answers.evidence import CandidateSentence, Evidence
from rag.answers.passages import Passage
from rag.answers.selection import Budget, choose, choose_by_parts
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
            make_retrieved(f"08QUILL{number + 1}#1", TEXTS[number]), 0, own, own, unit[number], unit[number]
        )
        for number, own in enumerate(odds)
    ]
    return Evidence(tuple(candidates), np.full(len(TEXTS), 1 / len(TEXTS), dtype=np.float32))


def texts(chosen: list[Passage]) -> list[str]:
    return [passage.answering.quoted.text for passage in chosen]


def test_a_part_of_a_question_has_its_passage_however_likely_those_of_another_are() -> None:
    budget = Budget(words=30, words_in_parts=30, keep=0.2)
    whole, first, second = evidence(2.0, 1.9, -4.0), evidence(2.0, 1.9, -5.0), evidence(-3.0, -3.0, 1.0)
    assert texts(choose(whole, budget)) == list(TEXTS[:2])
    assert texts(choose_by_parts(whole, (first, second), budget)) == [TEXTS[0], TEXTS[2]]


@pytest.mark.parametrize("parts", [2, 3, 4])
def test_what_answers_every_part_is_quoted_once(parts: int) -> None:
    only = evidence(3.0, -9.0, -9.0)
    assert texts(choose_by_parts(only, [only] * parts, replace(Budget(), keep=0.5))) == [TEXTS[0]]


def test_nothing_is_added_that_is_far_less_likely() -> None:
    assert texts(choose(evidence(3.0, -9.0, -9.0), Budget())) == [TEXTS[0]]
