"""`cables eval check`: what is wrong, or may be, with golden questions, as far as an archive of their cables tells."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from evals.golden import GoldenQuestion, GoldenSet
from evals.run import split, unknown_keys
from evals.table import Table
from rag.archive import Archive
from rag.domain.retrieved_paragraph import RetrievedParagraph

Weight = Literal["wrong", "to be read"]

_SEARCHED = 10  # paragraphs
_SAME = 0.95  # cosine of two questions that ask the same
_LEAST_SHARE = 0.35  # of a set's questions in each half
_NEAR = 0.75  # share of the evidence that is further from its question
_HALVES_OF = 20  # questions; smaller sets are uneven by chance
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class GoldenFinding:
    """Something about a golden question, named by its id, or about a set. What is `to be read` a reader decides."""

    weight: Weight
    where: str
    what: str


def check_golden(archive: Archive, golden: GoldenSet) -> list[GoldenFinding]:
    """Everything that is found about one set, what is wrong first. It quotes no cable."""
    askable, skipped = split(golden.questions, archive.catalog)
    findings = [
        *_of_gold(archive, askable),
        *_twice(golden.questions),
        *_halves(golden),
        *_near_in_meaning(archive, golden.questions),
        *_by_search(archive, askable),
        *(
            GoldenFinding("to be read", question.id, "not checked: the archive lacks a cable of its evidence")
            for question in skipped
        ),
    ]
    return sorted(findings, key=lambda finding: finding.weight != "wrong")


def findings_table(golden: GoldenSet, findings: Sequence[GoldenFinding]) -> Table:
    """One row a finding."""
    rows = [[finding.where, finding.weight, finding.what] for finding in findings]
    wrong = sum(finding.weight == "wrong" for finding in findings)
    note = f"{len(golden.questions)} questions, {wrong} findings that are wrong, {len(findings) - wrong} to be read."
    return Table(f"{golden.name}: golden questions", ["question", "", "finding"], rows, note)


def _of_gold(archive: Archive, questions: Sequence[GoldenQuestion]) -> Iterator[GoldenFinding]:
    unknown = set(unknown_keys(questions, archive.catalog))
    for question in questions:
        for key in question.keys:
            if key in unknown:
                yield GoldenFinding("wrong", question.id, f"gold {key}: the archive has no such paragraph")


def _twice(questions: Iterable[GoldenQuestion]) -> Iterator[GoldenFinding]:
    first: dict[str, str] = {}
    for question in questions:
        if (other := first.setdefault(_words(question), question.id)) != question.id:
            yield GoldenFinding("wrong", question.id, f"asks what {other} asks")


def _words(question: GoldenQuestion) -> str:
    return " ".join(_WORD.findall(" ".join((*question.history, question.question)).casefold()))


def _halves(golden: GoldenSet) -> Iterator[GoldenFinding]:
    counts = Counter(question.half for question in golden.questions)
    least = min(counts["tune"], counts["test"])
    if len(golden.questions) >= _HALVES_OF and least < _LEAST_SHARE * len(golden.questions):
        halves = f"{counts['tune']} tune, {counts['test']} test"
        yield GoldenFinding("to be read", golden.name, f"uneven halves: {halves}; add questions to the smaller")


def _near_in_meaning(archive: Archive, questions: Sequence[GoldenQuestion]) -> Iterator[GoldenFinding]:
    """Pairs of questions that ask nearly the same; exact repetitions are told elsewhere."""
    vectors = archive.judge.encode([question.searched for question in questions])
    near = np.argwhere(np.triu(vectors @ vectors.T, 1) >= _SAME)
    for one, other in near.tolist():
        if _words(questions[one]) != _words(questions[other]):
            yield GoldenFinding("to be read", questions[other].id, f"asks nearly what {questions[one].id} asks")


def _by_search(archive: Archive, questions: Sequence[GoldenQuestion]) -> Iterator[GoldenFinding]:
    """Paragraphs that may be missing in gold, and those that may answer what is to be declined."""
    found = {question.id: archive.search(question.searched, _SEARCHED) for question in questions}
    nearness = {
        question.id: _nearness(archive, question, found[question.id]) for question in questions if found[question.id]
    }
    of_gold = [nearness[each.id][key] for each in questions for key in each.keys if key in nearness.get(each.id, {})]
    near = float(np.quantile(of_gold, _NEAR)) if of_gold else 1.0
    for question in questions:
        if question.answerable:
            for key, gold in _equal_evidence(archive, question, found[question.id]):
                yield GoldenFinding("to be read", question.id, f"{key} states the facts that gold {gold} states")
            continue
        best = max(nearness.get(question.id, {}).items(), key=lambda item: item[1], default=("", 0.0))
        if best[1] >= near:
            what = f"{best[0]} is nearer to it than evidence is to most other questions; does it answer?"
            yield GoldenFinding("to be read", question.id, what)


def _nearness(archive: Archive, question: GoldenQuestion, found: Sequence[RetrievedParagraph]) -> dict[str, float]:
    """By key, the cosine of the question and the nearest sentence of each paragraph found."""
    sentences = [(each.key, span.of(each.text)) for each in found for span in each.sentences]
    vectors = archive.judge.encode([question.searched, *(text for _, text in sentences)])
    nearest: dict[str, float] = defaultdict(float)
    for (key, _), cosine in zip(sentences, (vectors[1:] @ vectors[0]).tolist(), strict=True):
        nearest[key] = max(nearest[key], cosine)
    return nearest


def _equal_evidence(
    archive: Archive, question: GoldenQuestion, found: Sequence[RetrievedParagraph]
) -> Iterator[tuple[str, str]]:
    """Paragraphs outside gold that state all the facts which a gold paragraph states, with that one."""
    gold = archive.catalog.paragraphs(list(question.keys))
    stated = {key: facts for key, (_, each) in gold.items() if (facts := _facts_in(each.text, question))}
    for paragraph in found:
        if paragraph.key not in gold:
            facts = _facts_in(paragraph.text, question)
            same = next((key for key, wanted in stated.items() if wanted <= facts), None)
            if same is not None:
                yield paragraph.key, same


def _facts_in(text: str, question: GoldenQuestion) -> frozenset[int]:
    """Places of the facts of which the text has a spelling, as whole words."""
    folded = " ".join(text.split()).casefold()
    return frozenset(
        place
        for place, spellings in enumerate(question.facts)
        if any(re.search(rf"(?<!\w){re.escape(' '.join(each.split()).casefold())}(?!\w)", folded) for each in spellings)
    )
