from hypothesis import given
from hypothesis import strategies as st

from rag.retrieval.rankings import descending, in_turns


@given(st.lists(st.lists(st.sampled_from("abcdefgh"), unique=True), max_size=4))
def test_in_turns_every_ranking_has_its_first_before_any_second(rankings: list[list[str]]) -> None:
    merged = in_turns(rankings)
    assert sorted(merged) == sorted({item for ranking in rankings for item in ranking})
    firsts = {ranking[0] for ranking in rankings if ranking}
    assert set(merged[: len(firsts)]) == firsts


def test_no_score_is_above_the_one_before() -> None:
    ranked = [("a", 0.9), ("b", 0.3), ("c", 0.8), ("d", 0.1)]
    assert descending(ranked) == [("a", 0.9), ("b", 0.3), ("c", 0.3), ("d", 0.1)]
