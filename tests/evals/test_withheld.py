"""What a run declined and withheld is counted by its reason."""

from typing import Any

from evals.run import Run
from evals.withheld import declined, withheld, withheld_sentences
from tests.evals.invented import question, row

FOUND = question("found", (("07OSTERMERE10#1",),))
NOWHERE = question("nowhere", kind="unanswerable")


def run(*rows: dict[str, Any]) -> Run:
    return Run("harbour", tuple(NOWHERE if each["id"] == "nowhere" else FOUND for each in rows), rows, ())


def sentence(text: str, *missing: str) -> dict[str, Any]:
    return {"text": text, "citations": [], "supported": not missing, "missing": list(missing)}


def test_reasons_are_counted_whatever_they_cite() -> None:
    denied = "what the question takes for granted seems to be denied in"
    asked = run(
        row(id="nowhere", abstained=True, reason=f"{denied} OSTERMERE 10 ¶1; 2 of 3 cables mention Brell"),
        row(id="nowhere", abstained=True, reason=f"{denied} 08 NEW DELHI 123 ¶5 (2nd)"),
        row(id="found", abstained=True, reason=f"{denied} CAIRO 9 (unnumbered, 2nd paragraph)"),
        row(id="found", abstained=True, reason="no paragraph bears on the question"),
        row(id="found"),
    )
    table = declined(asked)
    assert table.rows == [
        [f"{denied} a paragraph", "3", "2", "1"],
        ["no paragraph bears on the question", "1", "0", "1"],
    ]
    assert table.note == "2 of 5 questions are to be declined or corrected."


def test_sentences_are_counted_by_what_their_sources_lack() -> None:
    trace = {"withheld": 3, "repaired": 1}
    asked = run(
        row(
            id="found",
            mode="llm",
            trace=trace,
            sentences=[
                sentence("It is lit."),
                sentence("Ann Lee lit 14 of 15.", "the name Ann Lee", "the number 14", "the number 15"),
                sentence("It was allowed.", "an affirmation: the source denies it (It was not.)"),
            ],
        ),
        row(id="found", mode="llm", trace={}, sentences=[sentence("Bo Li went.", "the name Bo Li")]),
        row(id="found"),
    )
    table = withheld(asked)
    assert table is not None
    assert table.rows == [["the name", "2"], ["the number", "1"], ["an affirmation", "1"]]
    assert table.note.startswith("3 of 4 sentences in 2 answers") and "1 were shown" in table.note
    assert [each.text for each in withheld_sentences(asked)] == [
        "Ann Lee lit 14 of 15.",
        "It was allowed.",
        "Bo Li went.",
    ]
    assert withheld_sentences(asked)[0].missing == "the name Ann Lee; the number 14; the number 15"


def test_without_a_model_nothing_is_withheld() -> None:
    assert withheld(run(row(id="found"))) is None and withheld_sentences(run(row(id="found"))) == []
