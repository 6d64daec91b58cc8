import pytest

from evals.answer_scores import (
    answer_scores,
    citation_precision,
    citation_recall,
    fact_recall,
    per_60_words,
    quote_fidelity,
    without_citations,
)
from tests.evals.invented import cited, question, row

GOLD = (("A#1", "A#2"), ("B#3",))


def test_citation_precision_and_recall() -> None:
    assert citation_precision(["A#1", "A#2", "C#9"], GOLD) == pytest.approx(2 / 3)
    assert citation_precision(["A#1", "A#1", "C#9"], GOLD) == pytest.approx(1 / 2)
    assert citation_recall(["A#1", "A#2", "C#9"], GOLD) == pytest.approx(1 / 2)
    assert citation_recall(["A#2", "B#3"], GOLD) == 1.0
    assert citation_recall([], GOLD) == 0.0


def test_fact_recall_ignores_case_and_folds_white_space() -> None:
    assert fact_recall("He ordered FORTY\n  cranes.", (("forty cranes",), ("Quillhaven", "Ostermere"))) == 0.5
    assert fact_recall("forty-one cranes", (("forty  cranes",),)) == 0.0
    assert fact_recall("", (("x",),)) == 0.0


def test_fact_recall_per_60_words() -> None:
    assert per_60_words(0.5, 120) == pytest.approx(0.25)
    assert per_60_words(0.5, 61) == pytest.approx(0.5 * 60 / 61)
    assert per_60_words(0.5, 60) == 0.5
    assert per_60_words(1.0, 3) == 1.0  # no bonus for being terse
    assert per_60_words(0.0, 0) == 0.0


def test_citations_are_left_out_of_the_answer_and_other_brackets_are_not() -> None:
    said = row(
        answer="[Pell] ordered forty cranes. [OSTERMERE 10 ¶1] [OSTERMERE 10 (preamble)] Lamps too. [OSTERMERE 10 ¶3]",
        citations=[
            cited("A#1", "OSTERMERE 10 ¶1"),
            cited("A#0", "OSTERMERE 10 (preamble)"),
            cited("A#3", "OSTERMERE 10 ¶3"),
        ],
    )
    assert without_citations(said) == "[Pell] ordered forty cranes. Lamps too."
    scores = answer_scores(said, question("q", (("A#1",),), (("10",), ("forty",))), {})
    assert scores["answer_words"] == 6.0
    assert scores["fact_recall"] == 0.5  # the serial in a citation states nothing


def test_a_quote_must_stand_exactly_where_it_says() -> None:
    texts = {"A#1": "Forty cranes were ordered."}
    right = cited("A#1", "c", "cranes", 6)
    assert quote_fidelity([right], texts) == 1.0
    assert quote_fidelity([cited("A#1", "c", "cranes", 5)], texts) == 0.0
    assert quote_fidelity([cited("A#1", "c", "cranes", 7)], texts) == 0.0
    assert quote_fidelity([cited("A#1", "c", "Cranes", 6)], texts) == 0.0
    assert quote_fidelity([cited("A#2", "c", "cranes", 6)], texts) == 0.0
    assert quote_fidelity([cited("A#1", "c", "", 6)], texts) == 0.0
    assert quote_fidelity([right, right, right, cited("A#1", "c", "lamps", 6)], texts) == 0.75


def test_the_reranker_s_time_is_a_score_where_there_is_one() -> None:
    timings = {"total": 30.0, "retrieval": 20.0, "reranking": 15.0}
    assert answer_scores(row(timings_ms=timings), question("q", GOLD), {})["reranking_ms"] == 15.0


def test_an_answered_question() -> None:
    answered = row(answer="Forty cranes. [OSTERMERE 10 ¶1]", citations=[cited("A#1", "OSTERMERE 10 ¶1", "Forty")])
    assert answer_scores(answered, question("q", GOLD, (("forty", "40"),)), {"A#1": "Forty cranes."}) == {
        "latency_ms": 30.0,
        "retrieval_ms": 20.0,
        "quote_fidelity": 1.0,
        "answer_words": 2.0,
        "false_abstention": 0.0,
        "citation_precision": 1.0,
        "citation_recall": 0.5,
        "fact_recall": 1.0,
        "fact_recall_per_60": 1.0,
    }


def test_declining_an_answerable_question_scores_nothing() -> None:
    declined = row(answer="Forty, perhaps.", abstained=True)
    scores = answer_scores(declined, question("q", GOLD, (("forty",),)), {})
    assert scores["false_abstention"] == 1.0
    assert scores["fact_recall"] == 0.0
    assert scores["citation_recall"] == 0.0
    assert "abstention" not in scores
    assert "citation_precision" not in scores  # a share of no keys
    assert "answer_words" not in scores


def test_declining_counts_for_questions_without_evidence() -> None:
    nowhere = question("q", kind="unanswerable")
    assert answer_scores(row(abstained=True), nowhere, {})["abstention"] == 1.0
    answered = answer_scores(row(answer="Forty."), nowhere, {})
    assert answered["abstention"] == 0.0
    assert not {"false_abstention", "fact_recall", "citation_recall"} & set(answered)
