from pathlib import Path

import pytest

from evals.jsonl import read_json_lines, write_json_lines
from rag.errors import BadInput


def test_what_is_written_is_read_with_its_position(tmp_path: Path) -> None:
    path = tmp_path / "new" / "rows.jsonl"
    write_json_lines(path, [{"id": "a"}, {"id": "ä"}])
    assert list(read_json_lines(path)) == [(f"{path}:1", {"id": "a"}), (f"{path}:2", {"id": "ä"})]


def test_empty_lines_are_skipped_but_counted(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('\n{"id": "a"}\n  \n')
    assert list(read_json_lines(path)) == [(f"{path}:2", {"id": "a"})]


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BadInput, match="cannot be written"):
        write_json_lines(tmp_path / "file" / "rows.jsonl", [])
