import numpy as np
import pytest

from evals.archives import SAMPLE
from evals.fit_ranking import FINAL, Candidates, collect, cross_validated, fit
from evals.golden import GoldenQuestion, load
from rag.archive import Archive
from rag.retrieval.features import Features


@pytest.fixture
def candidates() -> list[Candidates]:
    """Questions whose evidence has the highest `late`, while `dense` is noise."""
    random = np.random.default_rng(1)
    made = []
    for number in range(40):
        features = np.zeros((10, len(Features._fields)))
        features[:, :2] = random.random((10, 2))
        gold = features[:, 0] == features[:, 0].max()
        keys = tuple(f"08QUILL{number}#{place}" for place in range(10))
        evidence = ((keys[int(gold.argmax())],),)
        made.append(Candidates(GoldenQuestion(f"q-{number}", "fact", "Who?", evidence), keys, features, gold))
    return made


def test_the_feature_that_tells_the_evidence_gets_the_weight(candidates: list[Candidates]) -> None:
    late, dense = fit(candidates, ("late", "dense"))
    assert late > 10 * abs(dense)


def test_figures_are_of_questions_that_were_not_fitted_on(candidates: list[Candidates]) -> None:
    assert cross_validated(candidates, ("late",))["mrr"] == 1.0
    assert cross_validated(candidates, ("dense",))["mrr"] < 0.6
    assert len({each.fold for each in candidates}) > 1


def test_candidates_are_the_first_of_both_indexes_with_all_features(sample: Archive) -> None:
    [golden] = load([SAMPLE.golden])
    questions = [question for question in golden.questions if question.answerable][:2]
    for each in collect(sample, questions):
        assert each.features.shape == (len(each.keys), len(Features._fields)) and len(each.keys) >= 40
        assert each.gold.any() and fit([each], FINAL).shape == (len(FINAL),)
