import io
import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from rich.console import Console

from evals.command import Wanted, evaluate
from rag.archive import Archive
from rag.errors import BadInput

CRANES = {
    "id": "cranes",
    "type": "number",
    "question": "How many cranes did the harbour master of Ostermere order? [bold]",
    "gold": [["07OSTERMERE10#1"]],
    "facts": [["forty"]],
    "answer": "Forty.",
}
MISJUDGED = CRANES | {"id": "misjudged", "gold": [["07QUILLHAVEN20#1"]]}
ELSEWHERE = CRANES | {"id": "elsewhere", "gold": [["07FALLOWGATE3#1"]]}


def golden(folder: Path, *rows: Mapping[str, object], name: str = "tokyo") -> Path:
    path = folder / f"{name}.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def quiet() -> Console:
    return Console(file=io.StringIO(), width=200)


def printed(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_prints_the_figures_and_writes_one_line_a_question(archive: Archive, tmp_path: Path) -> None:
    out, console = tmp_path / "deep" / "answers.jsonl", quiet()
    assert evaluate(archive, [golden(tmp_path, CRANES, ELSEWHERE)], Wanted(out=out), console) == 0
    [row] = [json.loads(line) for line in out.read_text().splitlines()]
    assert row["id"] == "cranes"
    assert row["retrieved"][0] == "07OSTERMERE10#1"
    assert "tokyo: figures" in printed(console)
    assert "1 skipped" in printed(console)


def test_the_gate_opens_and_shuts(archive: Archive, tmp_path: Path) -> None:
    console = quiet()
    assert evaluate(archive, [golden(tmp_path, CRANES)], Wanted(gate=True), console) == 0
    assert "FAILED" not in printed(console)
    console = quiet()
    assert evaluate(archive, [golden(tmp_path, MISJUDGED)], Wanted(gate=True), console) == 1
    assert "FAILED" in printed(console)
    assert evaluate(archive, [golden(tmp_path, MISJUDGED)], console=quiet()) == 0


def test_a_run_is_compared_with_an_earlier_one(archive: Archive, tmp_path: Path) -> None:
    questions, earlier, told = golden(tmp_path, CRANES), tmp_path / "yesterday.jsonl", tmp_path / "comment.md"
    evaluate(archive, [questions], Wanted(out=earlier), quiet())
    console = quiet()
    wanted = Wanted(against=str(earlier), comment=told)
    assert evaluate(archive, [questions], wanted, console) == 0
    assert "tokyo against yesterday" in printed(console)
    assert told.read_text().startswith("<!-- cables eval: tokyo -->\n## Evaluation: no protected metric is shown worse")


def test_a_protected_metric_that_is_shown_worse_fails(archive: Archive, tmp_path: Path) -> None:
    rows = [MISJUDGED | {"id": f"misjudged {number}", "gold": [[f"07QUILLHAVEN20#{number}"]]} for number in (1, 2)]
    earlier, gates = tmp_path / "yesterday.jsonl", tmp_path / "gates.toml"
    gates.write_text("protected = ['citation_precision']")
    evaluate(archive, [golden(tmp_path, *rows)], Wanted(out=earlier), quiet())
    lines = [json.loads(line) for line in earlier.read_text().splitlines()]
    for line in lines:  # a metric that was measured then and is measured no more
        line["metrics"]["abstention"] = 1.0
    earlier.write_text("".join(json.dumps(line) + "\n" for line in lines))
    console = quiet()
    assert evaluate(archive, [golden(tmp_path, *rows)], Wanted(against=str(earlier), gates=gates), console) == 0
    gates.write_text("protected = ['abstention']")
    assert evaluate(archive, [golden(tmp_path, *rows)], Wanted(against=str(earlier), gates=gates), console) == 1
    assert "tokyo: abstention is not measured now" in printed(console)


def test_what_cannot_be_compared_is_refused_before_anything_is_asked(archive: Archive, tmp_path: Path) -> None:
    earlier, console = tmp_path / "yesterday.jsonl", quiet()
    earlier.write_text('{"id": "cranes", "hash": "another", "metrics": {}}\n')
    with pytest.raises(BadInput, match=r"1 of these questions.* different when yesterday was made \(cranes\)"):
        evaluate(archive, [golden(tmp_path, CRANES)], Wanted(against=str(earlier)), console)
    with pytest.raises(BadInput, match="--against"):
        evaluate(archive, [golden(tmp_path, CRANES)], Wanted(comment=tmp_path / "comment.md"), console)
    assert printed(console) == ""
    earlier.write_text('{"id": "another", "hash": "0", "metrics": {"recall@5": 0.0}}\n')
    with pytest.raises(BadInput, match="shares no question"):
        evaluate(archive, [golden(tmp_path, CRANES)], Wanted(against=str(earlier)), quiet())


def test_an_archive_without_any_of_the_cables_is_an_error(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="holds none of the cables"):
        evaluate(archive, [golden(tmp_path, ELSEWHERE)], console=quiet())


def test_several_sets_go_into_one_report(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "report"
    sets = [golden(tmp_path, CRANES), golden(tmp_path, MISJUDGED, name="sample")]
    assert evaluate(archive, sets, Wanted(report=folder), quiet()) == 0
    assert {path.name for path in folder.iterdir()} == {"report.html", "summary.md", "run.jsonl"}
    assert "### sample: figures" in (folder / "summary.md").read_text()
