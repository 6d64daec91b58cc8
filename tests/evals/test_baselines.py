from evals.baselines import DENSE, TUTORIAL, WORDS, baseline_searches, score_baselines
from rag.archive import Archive
from tests.evals.invented import question


def test_every_baseline_is_scored_on_the_same_questions(archive: Archive) -> None:
    cranes, nowhere = question("cranes", (("07OSTERMERE10#1",),)), question("nowhere", kind="unanswerable")
    with baseline_searches(archive, lambda text: [text]) as searches:
        results = score_baselines(searches, [cranes, nowhere])
    assert [baseline.name for baseline in results] == [TUTORIAL, DENSE, WORDS]
    for baseline in results:
        assert [scored.id for scored in baseline.scored] == ["cranes"]
        assert baseline.scored[0].scores["recall@5"] == 1.0
