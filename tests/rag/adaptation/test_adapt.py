"""A tiny adaptation of the sample archive: small steps, real indexes, real encoder."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from rag.access import Clearance
from rag.adaptation.adapt import Adaptation, adapt
from rag.adaptation.lesson import TooLittleToLearn, lesson_of
from rag.adaptation.recipe import Recipe
from rag.adaptation.switching import searching, switch_back, switch_to
from rag.archive import Archive
from rag.catalog_reader import CatalogReader
from rag.errors import ModelUnavailable, StoreMissing
from rag.marking import Level
from rag.renewal import order_renewal
from rag.settings import Settings
from rag.window_entries import key_of

TINY = Recipe(
    batch=8, epochs=1, checks=2, tokens=32, held_out=0.25, least_pairs=10, least_held_out=3, least_gain=-1.0, rate=2e-5
)
QUESTION = "Whose idea was it to switch the Gannet Rock light back on?"


class Stop(Exception):
    """Stands for Ctrl-C."""


@pytest.fixture(scope="module")
def adapted(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Adaptation]:
    """A copy of the sample's store, adapted."""
    settings = Settings(store=copytree(sample_store, tmp_path_factory.mktemp("adapted") / "store"))
    with Archive(settings, create=True) as archive:
        return settings, adapt(archive, TINY, quiet)


@pytest.fixture
def own(adapted: tuple[Settings, Adaptation], tmp_path: Path) -> Iterator[Settings]:
    """A copy of the adapted store for one test."""
    yield Settings(store=copytree(adapted[0].store, tmp_path / "store"))


def quiet(stage: str, done: int, total: int) -> None:
    """No progress is shown."""
    assert stage in ("mining", "learning", "indexing")
    assert 0 < done <= total


def words(catalog: CatalogReader, cable_id: str) -> list[str]:
    """All text of a cable that the catalog's reader may see."""
    cable = catalog.cable(cable_id)
    assert cable is not None
    return [cable.subject or "", *(f"{each.heading or ''} {each.text}" for each in cable.paragraphs)]


def found(archive: Archive) -> list[str]:
    return [passage.key for passage in archive.search(QUESTION, 20)]


def test_the_adapted_encoder_searches_and_the_original_judges(adapted: tuple[Settings, Adaptation]) -> None:
    settings, result = adapted
    assert result.encoder is not None
    assert result.learned >= 10
    assert result.held_out >= 3
    with Archive(settings) as archive:
        assert archive.adapted == result.encoder
        assert archive.embeddings.folder == settings.store / "models" / result.encoder
        assert archive.original.name == "all-MiniLM-L6-v2"
        assert {key_of(each) for each in archive.indexes.vectors.ids()} == archive.indexes.lexical.keys()
        assert archive.audit().agrees
        assert archive.catalog.manifest()["model"] == "all-MiniLM-L6-v2"
        moved = archive.embeddings.encode([QUESTION])[0] @ archive.original.encode([QUESTION])[0]
        assert 0.5 < moved < 0.9999  # it learned something, and not too much
        assert found(archive)


def test_the_same_adaptation_begun_again_learns_nothing_anew(
    own: Settings, adapted: tuple[Settings, Adaptation]
) -> None:
    stages: list[str] = []
    with Archive(own, create=True, original=True) as archive:
        switch_back_to_stopped(archive)
        assert adapt(archive, TINY, lambda stage, done, total: stages.append(stage)) == adapted[1]
    assert set(stages) == {"mining", "indexing"}


def switch_back_to_stopped(archive: Archive) -> None:
    """As a run leaves it that was killed between learning and switching."""
    archive.catalog.set_manifest({"adapted": ""})


def test_an_archive_too_small_says_how_much_is_needed(own: Settings) -> None:
    with Archive(own, create=True) as archive, pytest.raises(TooLittleToLearn, match=r"400 and 40 are needed"):
        adapt(archive, Recipe(), quiet)


def test_what_gains_nothing_is_not_kept(own: Settings, adapted: tuple[Settings, Adaptation]) -> None:
    with Archive(own, create=True, original=True) as archive:
        switch_back(archive, lambda done, total: None)
        result = adapt(archive, replace(TINY, least_gain=1.0), quiet)
        assert result.encoder is None
        assert searching(archive) is None
    assert not any((own.store / "models").iterdir())


def test_a_stop_while_indexing_leaves_the_archive_as_it_was(own: Settings) -> None:
    def stop(done: int, total: int) -> None:
        raise Stop

    with Archive(own) as archive:
        name, before = archive.adapted, found(archive)
        with pytest.raises(Stop):
            switch_to(archive, "all-MiniLM-L6-v2-feedfeed", archive.original, stop)
    with Archive(own) as archive:
        assert archive.adapted == name
        assert found(archive) == before


def test_back_restores_the_original_search(own: Settings, sample_store: Path) -> None:
    with Archive(Settings(store=sample_store), wait=20) as archive:
        before = found(archive)
    again: list[int] = []
    with Archive(own, create=True, original=True) as archive:
        switch_back(archive, lambda done, total: again.append(done))
    with Archive(own) as archive:
        assert archive.adapted is None
        assert archive.embeddings is archive.original
        assert found(archive) == before
    assert not again  # the original's vectors were kept


def test_back_indexes_what_came_in_meanwhile(own: Settings) -> None:
    with Archive(own) as archive:
        cable_id = archive.catalog.ids()[0]
        cable = archive.catalog.cable(cable_id)
        assert cable is not None
        archive.catalog.put(cable.__class__(cable.id, cable.post, cable.paragraphs[:2]))
        archive.sync()
    with Archive(own, create=True, original=True) as archive:
        switch_back(archive, lambda done, total: None)
    with Archive(own) as archive:
        assert {key_of(each) for each in archive.indexes.vectors.ids()} == archive.indexes.lexical.keys()


def test_an_encoder_that_is_gone_is_an_error_with_a_remedy(own: Settings, adapted: tuple[Settings, Adaptation]) -> None:
    name = adapted[1].encoder
    assert name is not None
    (own.store / "models" / name).rename(own.store / "models" / "elsewhere")
    with pytest.raises(ModelUnavailable, match="--back"):
        Archive(own)
    with Archive(own, create=True, original=True) as archive:
        switch_back(archive, lambda done, total: None)
    with Archive(own) as archive:
        assert found(archive)


def test_nothing_is_made_where_there_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        Archive(Settings(store=tmp_path / "none"))
    assert not (tmp_path / "none").exists()


def test_nothing_is_learned_from_what_a_reader_may_not_see(own: Settings) -> None:
    with Archive(own, create=True) as archive:
        everyone = Clearance(Level.U)
        open_keys = archive.catalog.as_reader(everyone)
        lesson = lesson_of(archive, replace(TINY, least_pairs=1, least_held_out=0), everyone, lambda done, total: None)
        assert lesson.texts
        assert len(open_keys.paragraphs(list(lesson.texts))) == len(lesson.texts)
        shown = " ".join(text for cable_id in open_keys.ids() for text in words(open_keys, cable_id))
        assert all(pair.text in shown for pair in (*lesson.pairs, *lesson.held.pairs))


def test_indexes_made_anew_are_the_originals(own: Settings) -> None:
    order_renewal(own)
    with Archive(own, create=True) as archive:
        assert archive.adapted is None
        archive.sync()
        assert archive.audit().agrees
        assert found(archive)
