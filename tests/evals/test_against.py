from dataclasses import replace

import pytest

from evals.against import check_same_questions, compare_runs
from evals.metrics import ScoredQuestion
from evals.run import Run
from evals.stored_run import StoredRun
from rag.errors import BadInput
from tests.evals.invented import question, row

ASKED = tuple(question(f"q{number}", ((f"07OSTERMERE{number}#1",),)) for number in range(30))


def scored(**scores: float) -> tuple[ScoredQuestion, ...]:
    return tuple(ScoredQuestion(each.id, "fact", "test", scores, each.digest, each.cluster) for each in ASKED)


def head(**scores: float) -> Run:
    return Run("harbour", ASKED, tuple(row(id=each.id, answer="Forty.") for each in ASKED), scored(**scores))


def test_a_verdict_for_each_metric() -> None:
    compared = compare_runs(head(mrr=0.5, fact_recall=1.0, citation_recall=0.5), StoredRun("main", scored(mrr=1.0, fact_recall=0.5, citation_recall=0.5)))  # fmt: skip
    assert compared is not None
    assert {each.metric.name: each.verdict for each in compared.metrics} == {
        "mrr": "worse",
        "citation_recall": "not shown",
        "fact_recall": "better",
    }
    assert [str(each) for each in compared.worse(["mrr", "fact_recall"])] == ["MRR is shown worse"]
    assert compared.worse(["fact_recall"]) == []
    assert (compared.both, compared.head_only) == (30, 0)


def test_what_is_not_measured_is_not_0() -> None:
    compared = compare_runs(head(abstention=1.0), StoredRun("main", scored(quote_fidelity=1.0)))
    assert compared is not None
    assert {each.metric.name: each.verdict for each in compared.metrics} == {
        "abstention": "not measured in the base",
        "quote_fidelity": "not measured now",
    }
    # A protected figure cannot be kept from falling by measuring it no more; a new one has nothing to fall from.
    assert [each.metric.name for each in compared.worse(["abstention", "quote_fidelity"])] == ["quote_fidelity"]


def test_questions_measured_in_one_run_alone_are_counted() -> None:
    earlier = list(scored(mrr=1.0))
    earlier[0] = replace(earlier[0], scores={})
    compared = compare_runs(head(mrr=1.0), StoredRun("main", tuple(earlier)))
    assert compared is not None
    [mrr] = compared.metrics
    assert (mrr.head_only, mrr.base_only, mrr.is_partial) == (1, 0, True)


def test_newly_broken_and_newly_mended_questions_with_both_answers() -> None:
    base = StoredRun("main", scored(fact_recall=1.0, abstention=0.0), {"q0": "Fifty."})
    compared = compare_runs(head(fact_recall=0.5, abstention=1.0), base)
    assert compared is not None
    assert len(compared.broken) == len(compared.mended) == 30
    assert compared.broken[0].what == ("all facts stated",)
    assert compared.broken[0].answers == ("Fifty.", "Forty.")
    assert compared.broken[1].answers is None
    assert compared.mended[0].what == ("declined",)


def test_a_score_that_stays_short_of_right_is_neither() -> None:
    compared = compare_runs(head(fact_recall=0.5), StoredRun("main", scored(fact_recall=0.25)))
    assert compared is not None
    assert compared.broken == compared.mended == ()


def test_runs_without_a_common_question_are_not_compared() -> None:
    assert compare_runs(head(mrr=1.0), StoredRun("main", (ScoredQuestion("z", "fact", "test", {"mrr": 1.0}),))) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"question": "How many did he order?"},
        {"gold": (("07OSTERMERE0#2",),)},
        {"facts": (("fifty",),)},
        {"history": ("Who is he?",)},
    ],
)
def test_a_question_that_was_changed_is_refused(changed: dict[str, object]) -> None:
    base = StoredRun("main", scored(mrr=1.0))
    check_same_questions(ASKED, base)
    with pytest.raises(BadInput, match=r"^1 of these questions.* when main was made \(q0\), so it cannot be compared"):
        check_same_questions((replace(ASKED[0], **changed), *ASKED[1:]), base)  # type: ignore[arg-type]
    check_same_questions((replace(ASKED[0], answer="Forty, of steel."),), base)  # which no score depends on
