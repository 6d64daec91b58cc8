"""A tiny adaptation of the sample archive: small steps, real indexes, real encoder."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest
from pydantic import SecretStr

from rag.adaptation.adapt import Adaptation, adapt
from rag.adaptation.switching import active_encoder, switch_back
from rag.adaptation.training_config import TrainingConfig
from rag.archive import Archive
from rag.errors import BadInput
from rag.index.reindex import request_reindex
from rag.index.window_entries import paragraph_key_of
from rag.settings import Settings

pytestmark = pytest.mark.slow
TINY = TrainingConfig(
    batch=8, epochs=1, checks=2, tokens=32, held_out=0.25, least_pairs=10, least_held_out=3, least_gain=-1.0, rate=2e-5
)
QUESTION = "Whose idea was it to switch the Gannet Rock light back on?"


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


def test_an_encoder_of_a_server_cannot_be_adapted(tmp_path: Path) -> None:
    settings = Settings(store=tmp_path / "store", embedding_model="openai:words", embedding_api_key=SecretStr("none"))
    with Archive(settings, create=True) as archive, pytest.raises(BadInput, match="CABLES_EMBEDDING_MODEL"):
        adapt(archive, TINY, quiet)


def quiet(stage: str, done: int, total: int) -> None:
    """No progress is shown."""
    assert stage in ("mining", "learning", "indexing")
    assert 0 < done <= total


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
        assert {paragraph_key_of(each) for each in archive.indexes.vectors.ids()} == archive.indexes.lexical.keys()
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


def test_what_gains_nothing_is_not_kept(own: Settings, adapted: tuple[Settings, Adaptation]) -> None:
    with Archive(own, create=True, original=True) as archive:
        switch_back(archive, lambda done, total: None)
        result = adapt(archive, replace(TINY, least_gain=1.0), quiet)
        assert result.encoder is None
        assert active_encoder(archive) is None
    assert not any((own.store / "models").iterdir())


def test_indexes_made_anew_are_the_originals(own: Settings) -> None:
    request_reindex(own)
    with Archive(own, create=True) as archive:
        assert archive.adapted is None
        archive.index_pending()
        assert archive.audit().agrees
        assert found(archive)
