from evals.baselines import DENSE, TUTORIAL, WORDS, score_baselines, searches
from evals.golden import GoldenSet, Question
from evals.run import run, split, unknown_keys
from evals.tutorial import TutorialPipeline, whole_text
from rag.archive import Archive
from tests.evals.invented import CABLES, HARBOUR, question

CRANES = Question(
    "cranes",
    "number",
    "How many cranes did the harbour master of Ostermere order?",
    (("07OSTERMERE10#1",),),
    (("forty",),),
    "Forty.",
)
ELSEWHERE = question("elsewhere", (("07OSTERMERE10#1", "07FALLOWGATE3#1"),))


def test_a_run_scores_what_the_archive_answers(archive: Archive) -> None:
    done: list[int] = []
    result = run(archive, GoldenSet("harbour", (CRANES, ELSEWHERE)), done.append)
    assert result.name == "harbour"
    assert done == [1]
    assert [row["id"] for row in result.rows] == ["cranes"]
    assert list(result.rows[0])[:3] == ["id", "question", "answer"]
    assert result.skipped == (ELSEWHERE,)
    assert result.unknown == ()
    [scored] = result.scored
    assert scored.type == "number"
    assert scored.half == CRANES.half
    assert scored.scores["recall@1"] == 1.0
    assert scored.scores["fact_recall"] == 1.0
    assert scored.scores["quote_fidelity"] == 1.0


def test_questions_about_cables_the_archive_lacks_are_skipped(archive: Archive) -> None:
    nowhere = question("nowhere", kind="unanswerable")
    assert split([CRANES, ELSEWHERE, nowhere], archive.catalog) == ([CRANES, nowhere], [ELSEWHERE])


def test_a_gold_key_without_a_paragraph_is_told(archive: Archive) -> None:
    wrong = question("wrong", (("07OSTERMERE10#1", "07OSTERMERE10#9"),))
    assert unknown_keys([CRANES, wrong], archive.catalog) == ("07OSTERMERE10#9",)


def test_the_tutorial_cuts_whole_cables_and_counts_paragraphs(archive: Archive) -> None:
    def in_half(text: str) -> list[str]:
        return [text[: len(text) // 2], text[len(text) // 2 :]]

    with TutorialPipeline(archive.catalog, archive.embeddings, in_half) as tutorial:
        ranking = tutorial.search("Who promised new lamps to the lighthouse keepers?")
    assert len(ranking) == 4
    assert "07OSTERMERE10#3" in ranking[0]
    assert {key for place in ranking for key in place} >= {"07OSTERMERE10#1", "07OSTERMERE10#3"}


def test_whole_text_numbers_the_paragraphs_as_printed() -> None:
    assert whole_text(CABLES[0]).startswith(f"SUBJECT: HARBOUR WORKS\n\n1. (U) {HARBOUR[0]}\n\n2. (U) ")


def test_every_baseline_is_scored_on_the_same_questions(archive: Archive) -> None:
    nowhere = question("nowhere", kind="unanswerable")
    with searches(archive, lambda text: [text]) as ways:
        results = score_baselines(ways, [CRANES, nowhere])
    assert [each.name for each in results] == [TUTORIAL, DENSE, WORDS]
    for each in results:
        assert [scored.id for scored in each.scored] == ["cranes"]
        assert each.scored[0].scores["recall@5"] == 1.0
