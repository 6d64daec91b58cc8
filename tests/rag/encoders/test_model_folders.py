from pathlib import Path

import pytest

from rag.encoders.model_folders import AdaptedEncoders
from rag.errors import CablesError, ModelUnavailable


def write(folder: Path) -> None:
    (folder / "modules.json").write_text("[]")


def test_an_encoder_is_kept_whole(tmp_path: Path) -> None:
    encoders = AdaptedEncoders(tmp_path / "models")
    encoders.add("one-1", write)
    encoders.add("one-1", write)  # again, over what is there
    encoders.add("two-2", write)
    assert (encoders.folder("one-1") / "modules.json").read_text() == "[]"
    encoders.keep_only(["two-2"])
    assert [each.name for each in (tmp_path / "models").iterdir()] == ["two-2"]


def test_nothing_is_left_of_an_encoder_that_was_not_finished(tmp_path: Path) -> None:
    encoders = AdaptedEncoders(tmp_path / "models")

    def stopped(folder: Path) -> None:
        write(folder)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        encoders.add("one-1", stopped)
    assert not encoders.has("one-1")
    assert not list((tmp_path / "models").iterdir())
    with pytest.raises(ModelUnavailable, match="--back"):
        encoders.folder("one-1")


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file")
    with pytest.raises(CablesError, match="check the disk"):
        AdaptedEncoders(tmp_path / "models").add("one-1", write)
