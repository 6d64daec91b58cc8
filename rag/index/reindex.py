"""Rebuilds both indexes. The request is stored in the catalog first, so that an interrupted rebuild is resumed."""

import shutil
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from rag.catalog.catalog import Catalog, open_catalog
from rag.catalog.manifest import (
    ADAPTED,
    CONTENT,
    INDEX_VERSION,
    REINDEX,
    REINDEX_ALL,
    REINDEX_WORDS,
    SAME_VECTORS,
    check_schema,
    current_manifest,
)
from rag.encoders.embedding import SentenceEmbeddings
from rag.encoders.embedding_client import provider_of
from rag.encoders.encoder import name_with
from rag.errors import BadInput
from rag.index.lock import StoreLock
from rag.settings import Settings
from rag.store_folder import make_private

if TYPE_CHECKING:
    from rag.catalog.backup import RestoredBackup


def request_reindex(settings: Settings, wait: float = 0.0) -> None:
    """Request that the archive's next owner delete both indexes and rebuild them with the model of the settings.

    An adapted encoder is no longer used after that.

    Raises:
        StoreMissing: there is no store.
        StoreInUse: another process owns the indexes.
        StoreMismatch: the catalog has another version.
    """
    model = _model_name(settings)
    with open_catalog(settings) as catalog:
        check_schema(catalog.manifest(), settings.store)
        with StoreLock(settings.store, wait):
            catalog.begin_reindex(_reindex_manifest(model))


def request_words_if_older(settings: Settings, wait: float = 0.0) -> bool:
    """Request a new word index where the store's is of an older version with the same vectors; returns whether it is.

    Raises:
        StoreMissing: there is no store.
        StoreInUse: another process owns the indexes.
        StoreMismatch: the catalog has another version.
    """
    with open_catalog(settings) as catalog:
        check_schema(catalog.manifest(), settings.store)
        if catalog.manifest().get("index") not in SAME_VECTORS:
            return False
        with StoreLock(settings.store, wait):
            catalog.set_manifest({"index": INDEX_VERSION, REINDEX: REINDEX_WORDS})
    return True


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
    return current_manifest(model) | {REINDEX: REINDEX_ALL, ADAPTED: "", CONTENT: uuid.uuid4().hex}


def drop_indexes_if_requested(settings: Settings, catalog: Catalog) -> None:
    """Delete the indexes to be rebuilt, if that was requested. The caller owns them and has not opened them yet."""
    if (requested := catalog.manifest().get(REINDEX)) is None:
        return
    shutil.rmtree(settings.store / "lexical", ignore_errors=True)
    if requested == REINDEX_WORDS:
        catalog.mark_unindexed(catalog.ids())  # indexing them again keeps the vectors they have
    else:
        from rag.index.chroma_collection import delete_index

        delete_index(settings.chroma_url or settings.store / "chroma", settings.flat_folder)
    catalog.remove_from_manifest(REINDEX)
