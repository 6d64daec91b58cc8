"""Making both indexes anew. The wish is written in the catalog first, so that a broken run is taken up again."""

import shutil
import uuid
from pathlib import Path

from rag.archive_catalog import open_catalog
from rag.catalog import Catalog
from rag.catalog_reader import CONTENT
from rag.embedding import SentenceEmbeddings
from rag.errors import BadInput
from rag.lock import StoreLock
from rag.manifest import ADAPTED, RENEW, check_schema, current_manifest
from rag.settings import Settings


def order_renewal(settings: Settings, wait: float = 0.0) -> None:
    """Have the next owner of the archive drop both indexes and make them anew with the model of the settings.

    An adapted encoder no longer searches then.

    Raises:
        StoreMissing: there is no store.
        StoreInUse: another process owns the indexes.
        StoreMismatch: the catalog is of another version.
    """
    model = SentenceEmbeddings(settings.embedding_model).name
    with open_catalog(settings) as catalog:
        check_schema(catalog.manifest(), settings.store)
        with StoreLock(settings.store, wait):
            catalog.begin_renewal(_anew(model))


def restore_and_order_renewal(settings: Settings, file: Path, replace: bool, wait: float = 0.0) -> None:
    """Put a backup in the catalog's place and have the next owner make the indexes anew.

    Raises:
        BadInput: the file is no backup, or the store holds cables and `replace` is off.
        StoreInUse: another process owns the indexes.
        StoreMismatch: the backup is of another version.
    """
    from rag.backup import restore_backup

    if not file.is_file():
        raise BadInput(f"there is no file {file}; name a backup made by `cables backup`")
    model = SentenceEmbeddings(settings.embedding_model).name
    settings.store.mkdir(parents=True, exist_ok=True)
    with open_catalog(settings, create=True) as catalog, StoreLock(settings.store, wait):
        restore_backup(file, catalog, _anew(model), replace, settings.store)


def _anew(model: str) -> dict[str, str]:
    return current_manifest(model) | {RENEW: "yes", ADAPTED: "", CONTENT: uuid.uuid4().hex}


def drop_if_ordered(settings: Settings, catalog: Catalog) -> None:
    """Drop both indexes where a renewal was ordered. Whoever calls owns them and has not opened them yet."""
    if RENEW not in catalog.manifest():
        return
    from rag.vectors import erase

    shutil.rmtree(settings.store / "lexical", ignore_errors=True)
    erase(settings.chroma_url or settings.store / "chroma", settings.flat_folder)
    catalog.forget(RENEW)
