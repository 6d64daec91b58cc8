import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.retrieval.fusion import in_turns, reciprocal_rank_fusion


def test_by_hand() -> None:
    fused = reciprocal_rank_fusion([(1.0, ["a", "b"]), (0.5, ["b"])], smoothing=60)
    assert fused == pytest.approx({"b": 1 / 62 + 0.5 / 61, "a": 1 / 61})
    assert list(fused) == ["b", "a"]


@given(st.lists(st.lists(st.integers(0, 20), unique=True), max_size=4))
def test_nothing_is_lost_and_order_descends(rankings: list[list[int]]) -> None:
    fused = reciprocal_rank_fusion([(1.0, ranking) for ranking in rankings])
    assert set(fused) == {key for ranking in rankings for key in ranking}
    assert list(fused.values()) == sorted(fused.values(), reverse=True)


@given(st.lists(st.lists(st.integers(0, 20), unique=True), max_size=4))
def test_in_turns_every_ranking_has_its_first_before_any_second(rankings: list[list[int]]) -> None:
    merged = in_turns(rankings)
    assert sorted(merged) == sorted({item for ranking in rankings for item in ranking})
    firsts = {ranking[0] for ranking in rankings if ranking}
    assert set(merged[: len(firsts)]) == firsts
