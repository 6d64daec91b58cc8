from collections import defaultdict

from evals.bench.timing import TimedCalls, percentiles_ms


class Search:
    depth = 20

    def search(self, question: str, k: int) -> list[str]:
        return [question] * k


def test_calls_pass_through_and_their_time_is_added() -> None:
    spent: dict[str, float] = defaultdict(float)
    timed = TimedCalls(Search(), "words", spent)
    assert timed.search("cranes", k=2) == ["cranes", "cranes"]
    assert timed.depth == 20
    assert list(spent) == ["words"]
    first = spent["words"]
    timed.search("cranes", k=2)
    assert spent["words"] > first > 0


def test_percentiles_are_in_milliseconds() -> None:
    assert percentiles_ms([number / 1000 for number in range(1, 102)]) == {"p50_ms": 51.0, "p95_ms": 96.0}
