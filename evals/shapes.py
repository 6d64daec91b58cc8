"""`python -m evals.shapes`: questions for counts, lists, fields, topics, timelines and single cables, scored exactly.

The golden file has a line for each: `{"id","archive","kind","question","expected"}`. What is expected depends on the
kind: `count` {"count","cables"}, `list` {"cables"} or {"includes"}, `field` {"cable","values"}, `topics`
{"tags"}, `timeline` {"entries":[{"date","keys"}]}, `who` {"values"}, `cable` {"gold","also"} or {"summary","sections"},
`absent` {"absent"}.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.archives import MORE, SAMPLE, TOKYO, benchmark_archive
from evals.golden import Half, half
from evals.jsonl import read_json_lines
from rag.archive import Archive
from rag.errors import BadInput, CablesError
from rag.query.query import Query
from rag.text.surface_facts import folded

GOLDEN = Path(__file__).with_name("golden") / "shapes.jsonl"
_ARCHIVES = {benchmark.name: benchmark for benchmark in (SAMPLE, TOKYO, MORE)}

Expected = Mapping[str, Any]
AskObject = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ShapeQuestion:
    """One question, the archive it is asked of, and what a right answer holds."""

    id: str
    archive: str
    kind: str
    question: str
    expected: Expected
    in_order: bool = False


@dataclass(frozen=True, slots=True)
class ShapeResult:
    """Whether a question was answered rightly, and its answer."""

    question: ShapeQuestion
    right: bool
    answer: AskObject


def load_shapes(path: Path, of: Half | None = None) -> list[ShapeQuestion]:
    """The questions of this file, or those of one half.

    Raises:
        BadInput: the file cannot be read, or a line lacks a field or has an unknown kind or archive.
    """
    questions = []
    for where, fields in read_json_lines(path):
        try:
            known = {name: fields[name] for name in ("id", "archive", "kind", "question", "expected")}
            question = ShapeQuestion(**known, in_order="order" in fields.get("truth", {}))
        except KeyError as error:
            raise BadInput(f"{where}: missing {error.args[0]}") from error
        if question.kind not in SCORERS or question.archive not in _ARCHIVES:
            raise BadInput(f"{where}: unknown kind {question.kind!r} or archive {question.archive!r}")
        if of is None or half(question.id) == of:
            questions.append(question)
    return questions


def ask_all(archive: Archive, questions: Iterable[ShapeQuestion]) -> list[ShapeResult]:
    """Each question answered for the owner and scored."""
    results = []
    for question in questions:
        answer = archive.chain.invoke(Query(question.question)).json()
        results.append(ShapeResult(question, is_right(question, answer), answer))
    return results


def is_right(question: ShapeQuestion, answer: AskObject) -> bool:
    """Whether the `ask` object holds what is expected, exactly."""
    return SCORERS[question.kind](question, answer)


def _column(answer: AskObject, name: str) -> list[Any]:
    """The values of a column of the table; none without one."""
    table = answer["table"]
    if table is None or name not in table["columns"]:
        return []
    return [row[table["columns"].index(name)] for row in table["rows"]]


def _count(question: ShapeQuestion, answer: AskObject) -> bool:
    stated = re.search(r"\bno (?:dated )?cable|\d[\d,]*", answer["answer"], re.IGNORECASE)
    number = None if stated is None else int(stated[0].replace(",", "")) if stated[0][0].isdigit() else 0
    cables = question.expected.get("cables")
    return number == question.expected["count"] and (cables is None or set(_column(answer, "cable")) == set(cables))


def _list(question: ShapeQuestion, answer: AskObject) -> bool:
    listed = _column(answer, "cable")
    if "includes" in question.expected:
        return set(listed) >= set(question.expected["includes"])
    wanted = question.expected["cables"]
    return bool(listed == wanted if question.in_order else sorted(listed) == sorted(wanted))


def _field(question: ShapeQuestion, answer: AskObject) -> bool:
    text = folded(answer["answer"])
    cited = {key.partition("#")[0] for sentence in answer["sentences"] for key in sentence["citations"]}
    said = all(any(folded(spelling) in text for spelling in spellings) for spellings in question.expected["values"])
    return said and question.expected["cable"] in cited


def _topics(question: ShapeQuestion, answer: AskObject) -> bool:
    tags = question.expected["tags"]
    return bool(_column(answer, "tag")[: len(tags)] == tags)


def _who(question: ShapeQuestion, answer: AskObject) -> bool:
    values = question.expected["values"]
    table = answer["table"] or {"rows": []}
    found = {_compact(str(row[0])) for row in table["rows"][: len(values)]}
    return len(found) == len(values) and all(any(_compact(each) in found for each in spellings) for spellings in values)


def _compact(name: str) -> str:
    return re.sub(r"\W", "", folded(name))


def _timeline(question: ShapeQuestion, answer: AskObject) -> bool:
    dates = _column(answer, "date")
    entries = set(zip(dates, _column(answer, "paragraph"), strict=True))
    wanted = question.expected["entries"]
    return dates == sorted(dates) and all(
        any((each["date"], key) in entries for key in each["keys"]) for each in wanted
    )


def _cable(question: ShapeQuestion, answer: AskObject) -> bool:
    expected = question.expected
    cited = {key for sentence in answer["sentences"] for key in sentence["citations"]}
    if "summary" in expected:
        return bool(cited & set(expected["summary"])) and set(expected["sections"]) <= cited
    gold = expected["gold"]
    allowed = {key for keys in gold for key in keys} | set(expected.get("also", ()))
    return bool(gold) and all(cited & set(keys) for keys in gold) and cited <= allowed


def _absent(question: ShapeQuestion, answer: AskObject) -> bool:
    reason = folded(answer["reason"] or "")
    return answer["abstained"] and "no cables" in reason and folded(question.expected["absent"]) in reason


SCORERS: dict[str, Callable[[ShapeQuestion, AskObject], bool]] = {
    "count": _count,
    "list": _list,
    "field": _field,
    "topics": _topics,
    "timeline": _timeline,
    "who": _who,
    "cable": _cable,
    "absent": _absent,
}
"""How each kind is scored."""


def figures(results: Sequence[ShapeResult]) -> Iterator[tuple[str, int, int]]:
    """By kind how many were right, of how many; then of all kinds of the catalog, then of all."""
    asked = Counter(result.question.kind for result in results)
    right = Counter(result.question.kind for result in results if result.right)
    for kind in (kind for kind in SCORERS if asked[kind]):
        yield kind, right[kind], asked[kind]
    yield "catalog kinds", right.total() - right["cable"], asked.total() - asked["cable"]
    yield "all", right.total(), asked.total()


def run(questions: Sequence[ShapeQuestion], stores: Mapping[str, Path]) -> list[ShapeResult]:
    """All questions, each asked of its archive; an archive whose cables are missing is left out, and said so."""
    results: list[ShapeResult] = []
    for name, benchmark in _ARCHIVES.items():
        asked = [question for question in questions if question.archive == name]
        if not asked:
            continue
        if name not in stores and benchmark.missing:
            print(f"skip {name}: there are no cables in {benchmark.missing}", flush=True)
            continue
        with benchmark_archive(benchmark, stores.get(name)) as archive:
            results += ask_all(archive, asked)
    return results


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each wrong answer, then the table; 1 if the golden file or an archive cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m evals.shapes", description="Questions of other shapes, scored.")
    parser.add_argument("--golden", type=Path, default=GOLDEN)
    parser.add_argument("--half", choices=["tune", "test"])
    parser.add_argument("--archive", action="append", choices=list(_ARCHIVES), help="only these archives")
    parser.add_argument(
        "--store", action="append", default=[], metavar="ARCHIVE=DIR", help="a store that holds an archive"
    )
    options = parser.parse_args(arguments)
    stores = {name: Path(folder) for name, _, folder in (each.partition("=") for each in options.store)}
    try:
        questions = load_shapes(options.golden, options.half)
        results = run([each for each in questions if each.archive in (options.archive or _ARCHIVES)], stores)
    except CablesError as error:
        print(error, file=sys.stderr)
        return 1
    for result in results:
        if not result.right:
            shown = (result.answer["answer"] or result.answer["reason"] or "")[:160]
            print(f"wrong {result.question.id} [{result.answer['kind']}] {result.question.question}\n      {shown}")
    for kind, right, asked in figures(results):
        print(f"{kind:14} {right:4} of {asked:4}  {right / asked if asked else 0:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
