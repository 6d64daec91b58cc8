import numpy as np
import pytest

from evals.bootstrap import clustered_interval, figure, interval
from evals.metrics import METRICS
from tests.evals.invented import scored


def test_a_figure_is_over_the_questions_that_have_its_score() -> None:
    result = figure(METRICS["mrr"], [*scored({"a": 1.0, "b": 0.5}, "mrr"), *scored({"c": 1.0}, "abstention")])
    assert result is not None
    assert (result.value, result.questions) == (0.75, 2)
    assert figure(METRICS["mrr"], scored({"a": 1.0}, "abstention")) is None


def test_a_figure_is_printed_with_its_interval() -> None:
    assert str(figure(METRICS["mrr"], scored({"a": 0.5, "b": 0.5}, "mrr"))) == "0.500 [0.500, 0.500]"


def test_interval_of_a_constant_is_that_constant() -> None:
    bounds = interval(METRICS["mrr"], [0.5] * 10)
    assert (bounds.low, bounds.high) == (0.5, 0.5)


def test_interval_is_the_same_every_time_and_about_as_wide_as_theory_says() -> None:
    scores_of_100 = [0.0] * 50 + [1.0] * 50
    bounds = interval(METRICS["mrr"], scores_of_100)
    assert bounds == interval(METRICS["mrr"], scores_of_100)
    # Standard error of a proportion: sqrt(0.25 / 100) = 0.05, so 1.96 of them on either side.
    assert bounds.low == pytest.approx(0.402, abs=0.02)
    assert bounds.high == pytest.approx(0.598, abs=0.02)


def test_whole_clusters_are_drawn() -> None:
    differences = np.array([1.0, 1.0, 1.0, 0.0, 0.0, 0.0])
    apart = clustered_interval(differences, list("abcdef"))
    together = clustered_interval(differences, list("aaabbb"))
    assert (together.low, together.high) == (0.0, 1.0)  # two cables: any mean from none of the first to both
    assert together.low < apart.low < 0.5 < apart.high < together.high
    assert clustered_interval(differences, list("abcdef")) == apart  # the same every time
