import pytest

from rag.archive import Archive
from rag.retrieval.late_interaction import LateInteraction


@pytest.fixture
def late(sample: Archive) -> LateInteraction:
    return LateInteraction(sample.judge, lambda words: dict.fromkeys(words, 1.0))


def test_the_text_that_says_it_scores_highest(late: LateInteraction) -> None:
    windows = {"said": ["The harpoonist was arrested at the market."], "other": ["It rained on the fields all day."]}
    [scores] = late.scores(["Why was the harpoonist arrested?"], windows)
    assert scores["said"] > scores["other"]


def test_a_text_counts_by_its_best_window(late: LateInteraction) -> None:
    best, other = "The harpoonist was arrested at the market.", "It rained on the fields all day."
    [scores] = late.scores(["Why was the harpoonist arrested?"], {"both": [other, best], "one": [best]})
    assert scores["both"] == pytest.approx(scores["one"], abs=1e-4)


def test_without_windows_there_are_no_scores(late: LateInteraction) -> None:
    assert late.scores(["Who?", "When?"], {}) == [{}, {}]
