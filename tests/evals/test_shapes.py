import json
from pathlib import Path
from typing import Any

import pytest

from evals.shapes import ShapeQuestion, ShapeResult, ask_all, figures, is_right, load_shapes, main
from rag.archive import Archive
from rag.errors import BadInput


def answer(
    text: str = "", columns: tuple[str, ...] = (), rows: tuple[tuple[Any, ...], ...] = (), **more: Any
) -> dict[str, Any]:
    table = (
        {"columns": list(columns), "rows": [list(row) for row in rows], "complete": True, "rule": ""}
        if columns
        else None
    )
    return {
        "answer": text,
        "table": table,
        "sentences": [],
        "reason": None,
        "abstained": False,
        "kind": "catalog",
    } | more


def cited(*keys: str) -> dict[str, Any]:
    return {"sentences": [{"text": "", "citations": list(keys)}]}


def question(kind: str, in_order: bool = False, **expected: Any) -> ShapeQuestion:
    return ShapeQuestion("id", "sample", kind, "?", expected, in_order)


@pytest.mark.parametrize(
    ("asked", "right", "wrong"),
    [
        (question("count", count=2, cables=["a", "b"]), answer("2 cables.", ("cable",), (("b",), ("a",))),
         answer("2 cables.", ("cable",), (("b",), ("c",)))),
        (question("count", count=0), answer("There is no cable."), answer("1 cable.")),
        (question("list", cables=["a", "b"]), answer("", ("cable",), (("b",), ("a",))), answer("", ("cable",), (("b",),))),
        (question("list", True, cables=["a", "b"]), answer("", ("cable",), (("a",), ("b",))),
         answer("", ("cable",), (("b",), ("a",)))),
        (question("list", includes=["a"]), answer("", ("cable",), (("a",), ("b",))), answer("", ("cable",), (("b",),))),
        (question("field", cable="08A1", values=[["Doe", "DOE, ANN"]]), answer("Signed by DOE.", **cited("08A1")),
         answer("Signed by DOE.", **cited("08A2"))),
        (question("topics", tags=["PREL", "EFIS"]), answer("", ("tag",), (("PREL",), ("EFIS",), ("KDEM",))),
         answer("", ("tag",), (("EFIS",), ("PREL",)))),
        (question("who", values=[["LA PAZ", "LAPAZ"], ["LIMA"]]), answer("", ("post",), (("LIMA",), ("La Paz",))),
         answer("", ("post",), (("LIMA",), ("ROME",)))),
        (question("timeline", entries=[{"date": "2008", "keys": ["k", "l"]}]),
         answer("", ("date", "paragraph"), (("2007", "x"), ("2008", "l"))),
         answer("", ("date", "paragraph"), (("2008", "l"), ("2007", "x")))),
        (question("cable", gold=[["a#1", "a#2"]], also=["a#3"]), answer(**cited("a#2", "a#3")), answer(**cited("a#2", "a#4"))),
        (question("cable", summary=["a#1"], sections=["a#2"]), answer(**cited("a#1", "a#2")), answer(**cited("a#1"))),
        (question("absent", absent="Lima"), answer(abstained=True, reason="The archive holds no cables from Lima"),
         answer(abstained=True, reason="nothing bears on it")),
    ],
)  # fmt: skip
def test_each_kind_is_scored_exactly(asked: ShapeQuestion, right: dict[str, Any], wrong: dict[str, Any]) -> None:
    assert is_right(asked, right)
    assert not is_right(asked, wrong)
    assert not is_right(asked, answer())


def test_questions_of_the_sample_are_asked_and_counted(sample: Archive) -> None:
    results = ask_all(sample, [ShapeQuestion("x", "sample", "count", "How many cables are there?", {"count": 16})])
    assert [result.right for result in results] == [True]
    wrong = ShapeResult(question("cable", gold=[["a#1"]]), False, answer())
    assert list(figures([*results, wrong])) == [
        ("count", 1, 1), ("cable", 0, 1), ("catalog kinds", 1, 1), ("all", 1, 2),
    ]  # fmt: skip


def test_a_line_that_cannot_be_scored_is_refused(tmp_path: Path) -> None:
    golden = tmp_path / "shapes.jsonl"
    line = {
        "id": "a",
        "archive": "sample",
        "kind": "count",
        "question": "?",
        "expected": {},
        "truth": {"order": "latest"},
    }
    golden.write_text(json.dumps(line))
    assert load_shapes(golden)[0].in_order
    for wrong in ({**line, "kind": "guess"}, {name: line[name] for name in ("id", "archive", "kind")}):
        golden.write_text(json.dumps(wrong))
        with pytest.raises(BadInput):
            load_shapes(golden)
    assert main(["--golden", str(tmp_path / "nowhere")]) == 1
