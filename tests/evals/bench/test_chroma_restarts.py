import io
from pathlib import Path

import pytest

from evals.bench.chroma_restarts import checked, fill, rounds, vectors_of


@pytest.mark.slow
def test_a_collection_comes_back_after_an_orderly_end_and_after_kill_9(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rounds(tmp_path, vectors=4000, count=2, server=False) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert '"order"' in first and '"counted": 2000' in first
    assert '"kill -9"' in second and '"counted": 4000' in second


def test_what_is_missing_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    fill(str(tmp_path), 0, 2000)
    result = checked(str(tmp_path), 4000)
    assert result["counted"] == 2000
    assert result["read"] < result["of"] and result["found"] < result["of"]


def test_the_vectors_are_the_same_each_time() -> None:
    assert (vectors_of(2000, 10) == vectors_of(2000, 10)).all()
