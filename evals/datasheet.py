"""`python -m evals.datasheet [--write]`: the counts in the datasheet of the golden sets, from the sets themselves.

Without `--write` it fails when the page says something else.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from evals.archives import BENCHMARKS
from evals.golden import half, load
from evals.jsonl import read_json_lines

PAGE = Path(__file__).parents[1] / "docs" / "golden-sets.md"
_BEGIN, _END = "<!-- counts -->\n", "<!-- /counts -->\n"
_GOLDEN = Path(__file__).with_name("golden")
_OF_ANSWERS = [
    "set", "questions", "tune", "test", "to be answered", "to be declined", "of these with a false premise",
    "with two or more pieces of evidence", "follow-ups", "cables with evidence", "paragraphs of evidence", "facts",
]  # fmt: skip
_OTHERS = {
    "shapes": _GOLDEN / "shapes.jsonl",
    "conversations": _GOLDEN / "conversations.jsonl",
    "languages": _GOLDEN / "languages.jsonl",
    "spellings": _GOLDEN / "spellings.jsonl",
    "verification": Path(__file__).parent / "verification" / "sentences.jsonl",
}
_GROUPED = {"shapes": "kind", "languages": "language", "spellings": "kind", "verification": "supported"}
"""By which field the lines of each are counted."""
_SUPPORTED = {True: "true", False: "false"}


def counts() -> str:
    """The tables, in Markdown."""
    head, *rows = zip(_OF_ANSWERS, *(_of_answers(benchmark.golden) for benchmark in BENCHMARKS), strict=True)
    golden = _table(head, rows)
    types = _table(["set", "questions by type"], (_types(benchmark.golden) for benchmark in BENCHMARKS))
    others = _table(["set", "lines", "of these"], (_other(name, path) for name, path in _OTHERS.items()))
    return f"{golden}\n{types}\n{others}"


def with_counts(page: str) -> str:
    """The page with the tables of today between its marks."""
    before, rest = page.split(_BEGIN)
    return f"{before}{_BEGIN}\n{counts()}\n{_END}{rest.split(_END)[1]}"


def _of_answers(path: Path) -> list[str]:
    [golden] = load([path])
    questions = golden.questions
    halves = Counter(question.half for question in questions)
    answerable = [question for question in questions if question.answerable]
    numbers = (
        len(questions),
        halves["tune"],
        halves["test"],
        len(answerable),
        len(questions) - len(answerable),
        sum(question.type == "false_premise" for question in questions),
        sum(len(question.gold) > 1 for question in answerable),
        sum(bool(question.history) for question in questions),
        len({cable for question in answerable for cable in question.cables}),
        len({key for question in answerable for key in question.keys}),
        sum(len(question.facts) for question in answerable),
    )
    return [f"`{golden.name}`", *map(str, numbers)]


def _types(path: Path) -> list[str]:
    [golden] = load([path])
    return [f"`{golden.name}`", _listed(Counter(question.type for question in golden.questions))]


def _other(name: str, path: Path) -> list[str]:
    lines = [fields for _, fields in read_json_lines(path)]
    if name == "conversations":
        turns = sum(len(line["turns"]) for line in lines)
        halves = Counter(half(line["id"]) for line in lines)
        return [f"`{name}`", str(len(lines)), f"{turns} turns; {_listed(halves)}"]
    groups: Counter[Any] = Counter(_SUPPORTED.get(value, value) for value in (line[_GROUPED[name]] for line in lines))
    return [f"`{name}`", str(len(lines)), _listed(groups)]


def _listed(counted: "Counter[Any]") -> str:
    return ", ".join(f"{count} {name}" for name, count in counted.most_common())


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)] if len(head) > 3 else ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def main(arguments: Sequence[str]) -> int:
    """Write the page, or say that it is out of date."""
    page = PAGE.read_text(encoding="utf-8")
    today = with_counts(page)
    if "--write" in arguments:
        PAGE.write_text(today, encoding="utf-8")
    elif page != today:
        print(f"{PAGE.name} is out of date: run python -m evals.datasheet --write", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
