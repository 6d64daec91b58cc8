"""Requesting that both indexes be rebuilt."""

from pathlib import Path

import pytest

from rag.catalog.backup import write_backup
from rag.catalog.catalog import open_catalog
from rag.catalog.manifest import ADAPTED, INDEX_VERSIONS, REINDEX, current_manifest
from rag.encoders.embedding import PACKAGED_MODEL
from rag.errors import BadInput, StoreInUse, StoreMissing
from rag.index.lock import StoreLock
from rag.index.reindex import (
    drop_indexes_if_requested,
    planned_rebuilds,
    request_older,
    request_reindex,
    restore_and_request_reindex,
)
from rag.settings import Settings
from tests.rag.samples import make_cable


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A store with one indexed cable and files in the folders of the indexes."""
    settings = Settings(store=tmp_path / "store")
    with open_catalog(settings, create=True) as catalog:
        catalog.set_manifest(current_manifest(PACKAGED_MODEL) | {ADAPTED: "all-MiniLM-L6-v2-feed"})
        catalog.put(make_cable("08QUILL1", "A lantern."))
        catalog.mark_indexed(["08QUILL1"])
    fill_index_folders(settings)
    return settings


def fill_index_folders(settings: Settings) -> None:
    for name in ("lexical", "chroma", "flat"):
        (settings.store / name).mkdir()
        (settings.store / name / "file").write_text("x")


def index_folders(settings: Settings) -> set[str]:
    return {path.name for path in settings.store.iterdir() if path.is_dir()}


def test_a_request_marks_every_cable_and_deletes_nothing_yet(settings: Settings) -> None:
    request_reindex(settings)
    with open_catalog(settings) as catalog:
        assert catalog.unindexed() == ["08QUILL1"]
        manifest = catalog.manifest()
    assert REINDEX in manifest and not manifest[ADAPTED]
    assert index_folders(settings) == {"lexical", "chroma", "flat"}


def test_the_next_owner_deletes_both_indexes_once(settings: Settings) -> None:
    request_reindex(settings)
    with open_catalog(settings) as catalog:
        drop_indexes_if_requested(settings, catalog)
        assert index_folders(settings) == set()
        fill_index_folders(settings)
        drop_indexes_if_requested(settings, catalog)
    assert index_folders(settings) == {"lexical", "chroma", "flat"}


def test_a_store_in_use_or_missing_is_left_alone(settings: Settings, tmp_path: Path) -> None:
    with StoreLock(settings.store), pytest.raises(StoreInUse):
        request_reindex(settings)
    with pytest.raises(StoreMissing):
        request_reindex(Settings(store=tmp_path / "none"))
    with open_catalog(settings) as catalog:
        assert REINDEX not in catalog.manifest()


def test_a_restored_backup_is_to_be_indexed(settings: Settings, tmp_path: Path) -> None:
    with open_catalog(settings) as catalog:
        write_backup(catalog, tmp_path / "file.backup")
    other = Settings(store=tmp_path / "other")
    with pytest.raises(BadInput, match="there is no file"):
        restore_and_request_reindex(other, tmp_path / "none.backup", replace=False)
    assert not other.store.exists()
    restore_and_request_reindex(other, tmp_path / "file.backup", replace=False)
    with open_catalog(other) as catalog:
        assert catalog.unindexed() == ["08QUILL1"] and REINDEX in catalog.manifest()


@pytest.mark.parametrize(
    ("older", "dropped"),
    [("lexical", {"lexical"}), ("flat", {"flat"}), ("chroma", {"chroma", "flat"})],
)
def test_an_index_of_an_older_version_is_made_anew_and_the_others_stay(
    settings: Settings, older: str, dropped: set[str]
) -> None:
    with open_catalog(settings) as catalog:
        request_older(catalog)
        assert planned_rebuilds(catalog) == [] and REINDEX not in catalog.manifest()
        catalog.set_manifest({older: "4"})
        assert len(planned_rebuilds(catalog)) == len(dropped)
        request_older(catalog)
        assert catalog.manifest()[older] == INDEX_VERSIONS[older]
        drop_indexes_if_requested(settings, catalog)
        assert catalog.unindexed() == ["08QUILL1"] and REINDEX not in catalog.manifest()
    assert index_folders(settings) == {"lexical", "chroma", "flat"} - dropped
