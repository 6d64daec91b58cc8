"""What a run declined and withheld, and why."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from evals.run import Run
from evals.table import Table

_CITATION = re.compile(r"[A-Z0-9][A-Z0-9 ]* (?:¶\d+|\([a-z, 0-9]+\))(?: \(\d\w\w\))?")
_NAMED = re.compile(r"(the name|the number|the month) .+")
_AFTER = re.compile(r"(an affirmation): .+")


@dataclass(frozen=True, slots=True)
class WithheldSentence:
    """A sentence of a language model that was not shown: `missing` says what its sources lack."""

    question: str
    text: str
    missing: str


def withheld_sentences(run: Run) -> list[WithheldSentence]:
    """Every sentence that was withheld, in the order of the questions."""
    return [
        WithheldSentence(question.question, sentence["text"], "; ".join(sentence["missing"]) or "support")
        for question, row in zip(run.questions, run.rows, strict=True)
        for sentence in row["sentences"]
        if not sentence["supported"]
    ]


def declined(run: Run) -> Table:
    """Why questions were declined, and how many of them rightly."""
    reasons: Counter[tuple[str, bool]] = Counter()
    for question, row in zip(run.questions, run.rows, strict=True):
        if row["abstained"]:
            reason = (row["reason"] or "no reason").partition(";")[0]  # behind it is told how often names occur
            reasons[_CITATION.sub("a paragraph", reason), question.answerable] += 1
    named = sorted(
        {reason for reason, _ in reasons}, key=lambda reason: -reasons[reason, True] - reasons[reason, False]
    )
    rows = [
        [
            reason,
            str(reasons[reason, False] + reasons[reason, True]),
            str(reasons[reason, False]),
            str(reasons[reason, True]),
        ]
        for reason in named
    ]
    asked = f"{sum(not question.answerable for question in run.questions)} of {len(run.questions)} questions"
    note = f"{asked} are to be declined or corrected."
    return Table(f"{run.name}: declined, by reason", ["reason", "questions", "rightly", "wrongly"], rows, note)


def withheld(run: Run) -> Table | None:
    """What sentences of a language model were withheld for; None where no model answered."""
    written = [row for row in run.rows if row["mode"] == "llm"]
    if not written:
        return None
    sentences = sum(len(row["sentences"]) for row in written)
    first, repaired = (sum(row["trace"].get(name) or 0 for row in written) for name in ("withheld", "repaired"))
    lacking = Counter(kind for row in written for sentence in row["sentences"] for kind in _kinds(sentence["missing"]))
    rows = [[kind, str(count)] for kind, count in lacking.most_common()]
    note = (
        f"{first} of {sentences} sentences in {len(written)} answers were not borne out as first written; "
        f"{repaired} were shown after the model had mended them. A sentence may lack several."
    )
    return Table(f"{run.name}: withheld, by what the sources lack", ["lacking", "sentences"], rows, note)


def _kinds(missing: list[str]) -> Iterator[str]:
    yield from dict.fromkeys(_AFTER.sub(r"\1", _NAMED.sub(r"\1", each)) for each in missing)
