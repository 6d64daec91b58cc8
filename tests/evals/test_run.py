from evals.golden import GoldenQuestion, GoldenSet
from evals.run import run_golden_set, split, unknown_keys
from rag.archive import Archive
from tests.evals.invented import question

CRANES = GoldenQuestion(
    "cranes",
    "number",
    "How many cranes did the harbour master of Ostermere order?",
    (("07OSTERMERE10#1",),),
    (("forty",),),
    "Forty.",
)
ELSEWHERE = question("elsewhere", (("07OSTERMERE10#1", "07FALLOWGATE3#1"),))


def test_a_run_scores_what_the_archive_answers(archive: Archive) -> None:
    progress: list[int] = []
    result = run_golden_set(archive, GoldenSet("harbour", (CRANES, ELSEWHERE)), progress.append)
    assert result.name == "harbour"
    assert progress == [1]
    assert [row["id"] for row in result.rows] == ["cranes"]
    assert list(result.rows[0])[:3] == ["id", "question", "answer"]
    assert result.skipped == (ELSEWHERE,)
    assert result.unknown_keys == ()
    [scored] = result.scored
    assert scored.type == "number"
    assert scored.half == CRANES.half
    assert scored.scores["recall@1"] == 1.0
    assert scored.scores["fact_recall"] == 1.0
    assert scored.scores["quote_fidelity"] == 1.0


def test_questions_about_cables_the_archive_lacks_are_skipped(archive: Archive) -> None:
    nowhere = question("nowhere", kind="unanswerable")
    assert split([CRANES, ELSEWHERE, nowhere], archive.catalog) == ([CRANES, nowhere], [ELSEWHERE])


def test_unknown_keys_are_gold_keys_without_a_paragraph(archive: Archive) -> None:
    wrong = question("wrong", (("07OSTERMERE10#1", "07OSTERMERE10#9"),))
    assert unknown_keys([CRANES, wrong], archive.catalog) == ("07OSTERMERE10#9",)
