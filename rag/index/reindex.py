"""Rebuilds the indexes. The request is stored in the catalog first, so that an interrupted rebuild is resumed."""

import shutil
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from rag.catalog.catalog import Catalog, open_catalog
from rag.catalog.manifest import ADAPTED, CONTENT, INDEX_VERSIONS, REINDEX, current_manifest, older_indexes
from rag.catalog.upgrade import UpgradeStep
from rag.encoders.embedding import SentenceEmbeddings
from rag.encoders.embedding_client import provider_of
from rag.encoders.encoder import name_with
from rag.errors import BadInput
from rag.index.lock import StoreLock
from rag.settings import Settings
from rag.store_folder import make_private

if TYPE_CHECKING:
    from rag.catalog.backup import RestoredBackup

_CALLED = {"chroma": "vectors", "flat": "flat vectors", "lexical": "words"}
_MADE_FROM = {"chroma": "the catalog, encoded again", "flat": "Chroma's vectors", "lexical": "the catalog"}
_A_SECOND = {"chroma": 100, "flat": 500, "lexical": 500}
"""Paragraphs of each index that are made anew in a second, on two cores of a server from 2023."""


def request_reindex(settings: Settings, wait: float = 0.0) -> None:
    """Request that the archive's next owner delete both indexes and rebuild them with the model of the settings.

    An adapted encoder is no longer used after that.

    Raises:
        StoreMissing: there is no store.
        StoreInUse: another process owns the indexes.
        StoreMismatch: the catalog has another version.
    """
    model = _model_name(settings)
    with open_catalog(settings) as catalog, StoreLock(settings.store, wait):
        catalog.begin_reindex(_reindex_manifest(model))


def planned_rebuilds(catalog: Catalog) -> list[UpgradeStep]:
    """A step for each index of an older version; the catalog may be of an older schema."""
    stored, paragraphs = catalog.manifest(), catalog.size().paragraphs
    return [
        UpgradeStep(f"{_CALLED[name]}: made anew from {_MADE_FROM[name]}", paragraphs / _A_SECOND[name])
        for name in older_indexes(stored)
    ]


def request_older(catalog: Catalog) -> None:
    """Request that the archive's next owner rebuild the indexes of older versions. The caller owns them now."""
    if older := older_indexes(catalog.manifest()):
        catalog.set_manifest({name: INDEX_VERSIONS[name] for name in older} | {REINDEX: " ".join(older)})


def restore_and_request_reindex(settings: Settings, file: Path, replace: bool, wait: float = 0.0) -> "RestoredBackup":
    """Replace the catalog by a backup and request that the archive's next owner rebuild the indexes.

    Raises:
        BadInput: the file is not a backup, or the store holds cables and `replace` is off.
        StoreInUse: another process owns the indexes.
        StoreMismatch: the backup has another version.
    """
    from rag.catalog.backup import restore_backup

    if not file.is_file():
        raise BadInput(f"there is no file {file}; name a backup made by `cables backup`")
    model = _model_name(settings)
    make_private(settings.store)
    with open_catalog(settings, create=True) as catalog, StoreLock(settings.store, wait):
        return restore_backup(file, catalog, _reindex_manifest(model), replace, settings.store)


def _model_name(settings: Settings) -> str:
    model, dimensions = settings.embedding_model, settings.embedding_dimensions
    if provider_of(model):
        return name_with(model, dimensions)
    return SentenceEmbeddings(model, dimensions=dimensions).name


def _reindex_manifest(model: str) -> dict[str, str]:
    return current_manifest(model) | {REINDEX: " ".join(INDEX_VERSIONS), ADAPTED: "", CONTENT: uuid.uuid4().hex}


def drop_indexes_if_requested(settings: Settings, catalog: Catalog) -> None:
    """Delete the indexes to be rebuilt, if that was requested. The caller owns them and has not opened them yet."""
    requested = catalog.manifest().get(REINDEX, "").split()
    if not requested:
        return
    if "lexical" in requested:
        shutil.rmtree(settings.store / "lexical", ignore_errors=True)
    if "flat" in requested:
        shutil.rmtree(settings.flat_folder, ignore_errors=True)
    if "chroma" in requested:
        from rag.index.chroma_collection import delete_collections

        delete_collections(settings.chroma_location)
    catalog.mark_unindexed(catalog.ids())  # indexing them again writes what is missing
    catalog.remove_from_manifest(REINDEX)
