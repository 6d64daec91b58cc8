"""Switching a small archive to another encoder, here a copy of the original, and back."""

from pathlib import Path
from shutil import copytree

import pytest

from rag.adaptation.switching import active_encoder, switch_back, switch_to
from rag.archive import Archive
from rag.errors import ModelUnavailable
from rag.index.window_entries import paragraph_key_of
from rag.settings import Settings
from tests.rag.samples import make_cable

NAME = "all-MiniLM-L6-v2-feedfeed"


class Interruption(Exception):
    """Stands for Ctrl-C."""


def add_encoder(archive: Archive, name: str) -> None:
    def write(folder: Path) -> None:
        copytree(archive.original.folder, folder, dirs_exist_ok=True)

    archive.encoders.add(name, write)


def quiet(done: int, total: int) -> None:
    assert 0 < done <= total


@pytest.fixture(scope="module")
def switched_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("switched") / "store"
    with Archive(Settings(store=store), create=True) as archive:
        for number in range(3):
            archive.catalog.put(make_cable(f"08QUILL{number + 1}", f"Lantern number {number}.", "The ferry is late."))
        archive.index_pending()
        add_encoder(archive, NAME)
        switch_to(archive, NAME, archive.encoder(NAME), quiet)
    return store


@pytest.fixture
def switched(switched_once: Path, tmp_path: Path) -> Settings:
    """A store that is searched with the copy."""
    return Settings(store=copytree(switched_once, tmp_path / "store"))


def indexed_keys(archive: Archive) -> set[str]:
    return {paragraph_key_of(window_id) for window_id in archive.indexes.vectors.ids()}


def test_after_a_switch_the_archive_opens_with_the_new_encoder_and_all_its_vectors(switched: Settings) -> None:
    with Archive(switched) as archive:
        assert archive.adapted == NAME == active_encoder(archive)
        assert archive.embeddings.folder == switched.store / "models" / NAME
        assert indexed_keys(archive) == archive.indexes.lexical.keys() != set()
    with Archive(switched, create=True, original=True) as archive:
        assert indexed_keys(archive) == archive.indexes.lexical.keys()  # the original's vectors are kept


def test_an_interrupted_switch_leaves_the_archive_as_it_was(switched: Settings) -> None:
    def interrupt(done: int, total: int) -> None:
        raise Interruption

    with Archive(switched) as archive:
        add_encoder(archive, f"{NAME}2")
        with pytest.raises(Interruption):
            switch_to(archive, f"{NAME}2", archive.original, interrupt)
    with Archive(switched) as archive:
        assert archive.adapted == NAME
        assert indexed_keys(archive) == archive.indexes.lexical.keys()


def test_switching_back_encodes_nothing_if_nothing_has_changed(switched: Settings) -> None:
    encoded: list[int] = []
    with Archive(switched, create=True, original=True) as archive:
        switch_back(archive, lambda done, total: encoded.append(done))
    with Archive(switched) as archive:
        assert archive.adapted is None
        assert archive.embeddings is archive.original
        assert indexed_keys(archive) == archive.indexes.lexical.keys()
    assert not encoded
    assert not (switched.store / "models" / NAME).exists()


def test_switching_back_indexes_what_has_changed(switched: Settings) -> None:
    with Archive(switched) as archive:
        archive.catalog.put(make_cable("08QUILL2", "A bell."))
        archive.index_pending()
    with Archive(switched, create=True, original=True) as archive:
        switch_back(archive, quiet)
    with Archive(switched) as archive:
        assert indexed_keys(archive) == archive.indexes.lexical.keys()
        assert "08QUILL2#2" not in indexed_keys(archive)


def test_a_missing_encoder_is_an_error_that_switching_back_remedies(switched: Settings) -> None:
    (switched.store / "models" / NAME).rename(switched.store / "elsewhere")
    with pytest.raises(ModelUnavailable, match="--back"):
        Archive(switched)
    with Archive(switched, create=True, original=True) as archive:
        switch_back(archive, quiet)
    with Archive(switched) as archive:
        assert archive.adapted is None and archive.search("lantern")
