from math import log2

import pytest

from evals.ranking import first_rank, missed, ndcg_at_10, places, ranking_scores, recall, reciprocal_rank

RANKED = places(["x1", "x2", "x3", "x4", "a", "b", "x7", "x8", "x9", "c", "d"])


def test_recall_counts_place_k_and_not_the_next() -> None:
    assert recall(RANKED, (("a",),), 4) == 0.0
    assert recall(RANKED, (("a",),), 5) == 1.0
    assert recall(RANKED, (("b",),), 5) == 0.0
    assert recall(RANKED, (("c",),), 10) == 1.0
    assert recall(RANKED, (("d",),), 10) == 0.0


def test_recall_is_the_share_of_pieces_and_any_alternative_suffices() -> None:
    assert recall(RANKED, (("none", "a"), ("b",)), 5) == 0.5
    assert recall(RANKED, (("none", "a"), ("b",)), 6) == 1.0
    assert recall(RANKED, (("a", "b"),), 20) == 1.0
    assert missed(RANKED, (("a",), ("b",), ("none",)), 5) == 2


def test_reciprocal_rank_is_of_the_first_alternative_of_any_piece() -> None:
    assert reciprocal_rank(RANKED, (("x1",),)) == 1.0
    assert reciprocal_rank(RANKED, (("d",), ("none", "a"))) == pytest.approx(1 / 5)
    assert reciprocal_rank(RANKED, (("none",),)) == 0.0
    assert reciprocal_rank([], (("a",),)) == 0.0
    assert first_rank(RANKED, ("d", "c")) == 10


def test_ndcg_by_hand() -> None:
    ideal = 1 + 1 / log2(3)
    assert ndcg_at_10(places(["x", "a"]), (("a", "b"),)) == pytest.approx((1 / log2(3)) / ideal)
    assert ndcg_at_10(places(["a", "x", "b"]), (("a",), ("b",))) == pytest.approx((1 + 1 / log2(4)) / ideal)
    assert ndcg_at_10(places(["b", "a"]), (("a",), ("b",))) == pytest.approx(1.0)


def test_ndcg_sees_place_10_and_not_11() -> None:
    assert ndcg_at_10(RANKED, (("c",),)) == pytest.approx(1 / log2(11))
    assert ndcg_at_10(RANKED, (("d",),)) == 0.0
    assert ndcg_at_10([], (("d",),)) == 0.0


def test_a_place_may_stand_for_several_paragraphs_or_for_none() -> None:
    chunks = [(), ("a", "b"), ("c",)]
    assert recall(chunks, (("b",),), 1) == 0.0
    assert recall(chunks, (("b",),), 2) == 1.0
    assert reciprocal_rank(chunks, (("c",),)) == pytest.approx(1 / 3)


def test_all_scores_by_name() -> None:
    assert ranking_scores(places(["x", "a"]), (("a",), ("b",))) == {
        "recall@1": 0.0,
        "recall@5": 0.5,
        "recall@10": 0.5,
        "recall@20": 0.5,
        "missed@5": 1.0,
        "mrr": 0.5,
        "ndcg@10": pytest.approx((1 / log2(3)) / (1 + 1 / log2(3))),
    }
