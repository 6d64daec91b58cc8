import math
from collections.abc import Callable

import pytest

from rag.index.bm25 import K1, B, bm25_idf, bm25_scores, smoothed_idf


@pytest.mark.parametrize("idf", [bm25_idf, smoothed_idf])
def test_rarer_terms_have_a_higher_idf_and_all_are_above_zero(idf: Callable[[int, int], float]) -> None:
    values = [idf(containing, 1000) for containing in (0, 1, 10, 500, 1000)]
    assert values == sorted(values, reverse=True) and values[-1] > 0


def test_a_term_in_every_text_is_almost_worthless_to_bm25_and_still_counts_smoothed() -> None:
    assert bm25_idf(1000, 1000) < 0.001
    assert smoothed_idf(1000, 1000) == pytest.approx(math.log(2), abs=0.001)


def test_a_score_is_the_sum_of_saturated_counts_weighted_by_idf() -> None:
    [score] = bm25_scores(
        [["bell", "bell", "rock", "sea"]], {"bell": 3, "rock": 1, "fog": 2}, total=10, average_length=4
    )
    bell = bm25_idf(3, 10) * 2 * (K1 + 1) / (2 + K1)
    rock = bm25_idf(1, 10) * (K1 + 1) / (1 + K1)
    assert score == pytest.approx(bell + rock)


def test_longer_texts_score_less_for_the_same_terms() -> None:
    short, long, without = bm25_scores([["bell"], ["bell", *["sea"] * 9], ["sea"]], {"bell": 2}, 10, 5)
    assert short > long > without == 0
    assert short == pytest.approx(bm25_idf(2, 10) * (K1 + 1) / (1 + K1 * (1 - B + B / 5)))
