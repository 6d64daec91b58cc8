import json
from pathlib import Path

import pytest

from evals.bless import bless
from rag.errors import BadInput

ROW = {"id": "a", "type": "fact", "hash": "0a", "metrics": {"recall@5": 0.5}, "question": "Who?", "answer": "Fenn."}


def run(folder: Path, name: str = "mine", **changed: object) -> Path:
    path = folder / f"{name}.jsonl"
    path.write_text(json.dumps(ROW | changed) + "\n")
    return path


def test_a_run_becomes_the_baseline_without_its_text(tmp_path: Path) -> None:
    into = tmp_path / "baselines"
    into.mkdir()
    first = bless([run(tmp_path)], into)
    assert json.loads((into / "mine.jsonl").read_text()) == {
        name: ROW[name] for name in ("id", "type", "hash", "metrics")
    }
    assert [row[:3] for row in first.rows] == [["mine", "1", "0.500"]]
    second = bless([run(tmp_path, metrics={"recall@5": 0.75})], into)
    assert second.rows[0][2] == "0.500 → 0.750"


def test_an_old_baseline_that_cannot_be_read_is_replaced(tmp_path: Path) -> None:
    into = tmp_path / "baselines"
    into.mkdir()
    (into / "mine.jsonl").write_text('{"id": "a", "metrics": {}}')
    assert bless([run(tmp_path)], into).rows[0][2] == "0.500"


def test_nothing_is_written_where_one_run_is_none(tmp_path: Path) -> None:
    into = tmp_path / "baselines"
    into.mkdir()
    with pytest.raises(BadInput, match="no hash"):
        bless([run(tmp_path), run(tmp_path, "other", hash="")], into)
    assert list(into.iterdir()) == []
    (tmp_path / "deep").mkdir()
    with pytest.raises(BadInput, match="the same file name"):
        bless([run(tmp_path), run(tmp_path / "deep")], into)
    with pytest.raises(BadInput, match=r"there is no folder .*nowhere; make it, or name the folder"):
        bless([run(tmp_path)], tmp_path / "nowhere")
