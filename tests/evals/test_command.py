import io
import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from rich.console import Console

from evals.command import evaluate
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
    assert evaluate(archive, [golden(tmp_path, CRANES, ELSEWHERE)], out, console=console) == 0
    [row] = [json.loads(line) for line in out.read_text().splitlines()]
    assert row["id"] == "cranes"
    assert row["retrieved"][0] == "07OSTERMERE10#1"
    assert "tokyo: figures" in printed(console)
    assert "1 skipped" in printed(console)


def test_the_gate_opens_and_shuts(archive: Archive, tmp_path: Path) -> None:
    console = quiet()
    assert evaluate(archive, [golden(tmp_path, CRANES)], gate=True, console=console) == 0
    assert "FAILED" not in printed(console)
    console = quiet()
    assert evaluate(archive, [golden(tmp_path, MISJUDGED)], gate=True, console=console) == 1
    assert "FAILED" in printed(console)
    assert evaluate(archive, [golden(tmp_path, MISJUDGED)], console=quiet()) == 0


def test_compares_with_a_stored_run(archive: Archive, tmp_path: Path) -> None:
    stored = tmp_path / "yesterday.jsonl"
    stored.write_text('{"id": "cranes", "metrics": {"recall@5": 0.0, "mrr": 0.5, "an old metric": 3}}\n')
    console = quiet()
    assert evaluate(archive, [golden(tmp_path, CRANES)], compare=stored, console=console) == 0
    assert "tokyo: compared with yesterday" in printed(console)
    stored.write_text('{"id": "another", "metrics": {"recall@5": 0.0}}\n')
    with pytest.raises(BadInput, match="shares no question"):
        evaluate(archive, [golden(tmp_path, CRANES)], compare=stored, console=quiet())


def test_an_archive_without_any_of_the_cables_is_an_error(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="holds none of the cables"):
        evaluate(archive, [golden(tmp_path, ELSEWHERE)], console=quiet())


def test_several_sets_go_into_one_report(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "report"
    sets = [golden(tmp_path, CRANES), golden(tmp_path, MISJUDGED, name="sample")]
    assert evaluate(archive, sets, report=folder, console=quiet()) == 0
    assert {path.name for path in folder.iterdir()} == {"report.html", "summary.md", "run.jsonl"}
    assert "### sample: figures" in (folder / "summary.md").read_text()
