"""The best numbering of candidates."""

from ingest.body.number_candidates import NumberCandidate
from ingest.body.numbering import choose_starts


def _candidate(
    line: int, number: int, marking: str | None = "C", weight: float = 6.0, after_pilcrow: int = 0
) -> NumberCandidate:
    return NumberCandidate(line, number, after_pilcrow, marking, 0, weight, parenthesis=False)


def test_consecutive_numbers_are_all_starts() -> None:
    starts = choose_starts([_candidate(line, line + 1) for line in range(5)])
    assert [(start.candidate.line, start.number) for start in starts] == [(line, line + 1) for line in range(5)]


def test_an_unmarked_list_within_a_marked_paragraph_is_left_out() -> None:
    candidates = [
        _candidate(0, 1),
        _candidate(1, 2),
        *(_candidate(1 + n, n, None, 2.0) for n in (1, 2, 3)),
        _candidate(9, 3),
    ]
    assert [start.candidate.line for start in choose_starts(candidates)] == [0, 1, 9]


def test_a_lost_pilcrow_is_no_digit() -> None:
    candidates = [
        _candidate(0, 1),
        _candidate(1, 2),
        _candidate(2, 13, after_pilcrow=3),
        _candidate(3, 14, after_pilcrow=4),
    ]
    assert [start.number for start in choose_starts(candidates)] == [1, 2, 3, 4]


def test_another_message_counts_from_one_again() -> None:
    candidates = [_candidate(0, 1), _candidate(1, 2), _candidate(5, 1), _candidate(6, 2)]
    assert [start.number for start in choose_starts(candidates, {4})] == [1, 2, 1, 2]


def test_no_candidates_give_no_starts() -> None:
    assert choose_starts([]) == []
    assert choose_starts([_candidate(0, 2006, None, -5.0)]) == []
