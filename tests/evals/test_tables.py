from evals.against import RunComparison, compare_runs
from evals.baselines import Baseline
from evals.evaluation import Evaluation
from evals.metrics import ScoredQuestion
from evals.run import Run
from evals.stored_run import StoredRun
from evals.tables import against_base, against_baselines, by_type, comparison, figures, latency, tables
from tests.evals.invented import question, row

SCORED = (
    ScoredQuestion("a", "fact", "tune", {"recall@5": 1.0, "mrr": 1.0, "latency_ms": 30.0}),
    ScoredQuestion("b", "why", "test", {"recall@5": 0.0, "mrr": 0.0, "latency_ms": 50.0}),
)
OTHER = Baseline("BM25 only", (ScoredQuestion("b", "why", "test", {"recall@5": 1.0, "mrr": 0.5}),))
RUN = Run("harbour", (question("a"), question("b")), (), SCORED, (question("c"),), ("07OSTERMERE10#9",))


def test_figures_are_over_the_whole_set_and_its_halves() -> None:
    table = figures(Evaluation(RUN))
    assert table.head == ["metric", "questions", "all (2)", "tune (1)", "test (1)"]
    by_metric = {row[0]: row for row in table.rows}
    assert by_metric["MRR"][1:] == ["2", "0.500 [0.000, 1.000]", "1.000 [1.000, 1.000]", "0.000 [0.000, 0.000]"]
    assert "2 questions asked. 1 skipped" in table.note
    assert "no paragraph for: 07OSTERMERE10#9." in table.note


def test_a_metric_that_applies_to_no_question_has_no_row() -> None:
    assert "fact recall" not in {row[0] for row in figures(Evaluation(RUN)).rows}


def test_latency_is_a_table_of_its_own() -> None:
    assert [row[0] for row in latency(Evaluation(RUN)).rows] == ["latency p50, ms", "latency p95, ms"]


def test_types_have_a_row_each() -> None:
    rows = by_type(Evaluation(RUN)).rows
    assert [row[:2] for row in rows] == [["fact", "1"], ["why", "1"]]
    assert rows[0][-1] == "–"


def test_baselines_stand_beside_the_product() -> None:
    rows = against_baselines(Evaluation(RUN, (OTHER,))).rows
    assert [row[:2] for row in rows] == [
        ["this product", "test"], ["BM25 only", "test"], ["this product", "all"], ["BM25 only", "all"]
    ]  # fmt: skip


def test_a_comparison_counts_wins_and_losses() -> None:
    table = comparison(Evaluation(RUN), OTHER)
    difference = "-0.500 [-0.500, -0.500]"
    assert ["MRR", "test", "0.000", "0.500", difference, "0/1/0", "not shown"] in table.rows


def test_against_a_base_what_was_not_measured_is_told_and_is_not_0() -> None:
    scores = {"recall@5": 1.0, "fact_recall": 1.0}
    base = StoredRun("main", (ScoredQuestion("b", "why", "test", scores, question("b").digest),))
    compared = compare_runs(Run("harbour", (question("a"), question("b")), (row(), row()), SCORED), base)
    assert compared is not None
    table = against_base("harbour", compared, ["recall@5"])
    by_metric = {row[0]: row[1:] for row in table.rows}
    assert by_metric["recall@5 (protected)"][-1] == "not shown"
    assert by_metric["fact recall"] == ["–"] * 4 + ["not measured now"]
    assert by_metric["MRR"][-1] == "not measured in the base"
    assert table.note.startswith("1 questions of both runs. 1 are new.")


def test_tables_of_what_there_is() -> None:
    assert len(tables(Evaluation(RUN))) == 3
    compared = RunComparison("main", (), (), (), 2, 0)
    assert len(tables(Evaluation(RUN, (OTHER,), compared))) == 6
