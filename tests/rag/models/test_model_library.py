"""The folder of fetched models."""

from pathlib import Path

import pytest

from rag.errors import ModelUnavailable
from rag.models.model_library import ModelLibrary
from tests.rag.models.small_known_model import FILES, small_known_model, write_files


def test_a_checked_model_moves_to_its_place_and_leaves_nothing_behind(tmp_path: Path) -> None:
    library, model = ModelLibrary(tmp_path / "models"), small_known_model()
    with pytest.raises(ModelUnavailable, match="cables models get small"):
        library.path(model)
    write_files(library.draft(model) / "came", {**FILES, "other.py": b"never kept"})
    library.add(model, library.draft(model) / "came")
    found = {str(file.relative_to(library.path(model))) for file in library.path(model).rglob("*") if file.is_file()}
    assert found == set(FILES)
    assert [path.name for path in (tmp_path / "models").iterdir()] == ["small"]


def test_a_file_of_another_model_is_refused_and_deleted(tmp_path: Path) -> None:
    library, model = ModelLibrary(tmp_path), small_known_model()
    came = write_files(library.draft(model) / "came", {**FILES, "model.bin": b"other weights"})
    with pytest.raises(ModelUnavailable, match=r"model\.bin that came is not that of A small model"):
        library.add(model, came)
    assert not library.has(model) and not came.exists()
