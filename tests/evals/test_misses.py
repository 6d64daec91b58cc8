from evals.golden import GoldenQuestion
from evals.metrics import score_row
from evals.misses import find_misses
from evals.run import Run
from rag.archive import Archive
from tests.evals.invented import HARBOUR, question, row

FOUND = question("found", (("07OSTERMERE10#1",),))
OUTSIDE = question("outside", (("07OSTERMERE10#1",), ("07OSTERMERE10#2", "07OSTERMERE10#9")))
NOWHERE = question("nowhere", kind="unanswerable")


def run(golden: GoldenQuestion, **fields: object) -> Run:
    answered = row(id=golden.id, **fields)
    return Run("harbour", (golden,), (answered,), (score_row(answered, golden, {}),))


def test_a_question_answered_from_its_evidence_is_no_miss(archive: Archive) -> None:
    assert find_misses(run(FOUND, retrieved=["07OSTERMERE10#1"]), archive.catalog) == []
    assert find_misses(run(NOWHERE, abstained=True), archive.catalog) == []


def test_evidence_outside_the_top_five_is_a_miss(archive: Archive) -> None:
    retrieved = ["x", "07OSTERMERE10#1", "x2", "x3", "x4", "07OSTERMERE10#2"]
    [miss] = find_misses(run(OUTSIDE, retrieved=retrieved), archive.catalog)
    assert miss.problems == ("07OSTERMERE10#2 or 07OSTERMERE10#9: at rank 6",)
    assert [candidate.key for candidate in miss.wanted] == ["07OSTERMERE10#2", "07OSTERMERE10#9"]
    assert miss.wanted[0].begins == HARBOUR[1]
    assert miss.wanted[1].begins == "(no such paragraph in the archive)"
    assert [candidate.key for candidate in miss.instead] == retrieved[:5]


def test_a_wrong_abstention_and_a_wrong_answer_are_misses(archive: Archive) -> None:
    declined = run(FOUND, retrieved=["07OSTERMERE10#1"], abstained=True, reason="too weak")
    [miss] = find_misses(declined, archive.catalog)
    assert miss.problems == ("declined although the archive has the answer: too weak",)
    [miss] = find_misses(run(NOWHERE), archive.catalog)
    assert miss.problems == ("answered although the archive does not say",)


def test_an_answer_without_any_expected_fact_is_a_miss(archive: Archive) -> None:
    golden = question("taxed", (("07OSTERMERE10#1",),), facts=(("forty",),))
    [miss] = find_misses(run(golden, retrieved=["07OSTERMERE10#1"], answer="Thirty."), archive.catalog)
    assert miss.problems == ("the answer states none of the expected facts",)
    assert find_misses(run(golden, retrieved=["07OSTERMERE10#1"], answer="Forty."), archive.catalog) == []


def test_the_worst_come_first(archive: Archive) -> None:
    """Invented, empty, declined, then by how much evidence is missing and how far down it is."""
    runs = [
        run(OUTSIDE, retrieved=["07OSTERMERE10#1", "x", "x2", "x3", "x4", "07OSTERMERE10#2"]),
        run(FOUND, retrieved=["07OSTERMERE10#1"], abstained=True, reason="too weak"),
        run(FOUND, retrieved=["x"]),
        run(NOWHERE),
        run(question("taxed", (("07OSTERMERE10#1",),), facts=(("forty",),)), retrieved=["07OSTERMERE10#1"]),
    ]
    fields = ("questions", "rows", "scored")
    joined = Run("harbour", *(tuple(each for one in runs for each in getattr(one, name)) for name in fields))
    kinds = [miss.problems[0].split(":")[0] for miss in find_misses(joined, archive.catalog)]
    assert kinds == [
        "answered although the archive does not say",
        "the answer states none of the expected facts",
        "declined although the archive has the answer",
        "07OSTERMERE10#1",
        "07OSTERMERE10#2 or 07OSTERMERE10#9",
    ]
