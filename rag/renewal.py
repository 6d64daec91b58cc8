"""Making both indexes anew. The wish is written in the catalog first, so that a broken run is taken up again."""

import shutil

from rag.archive_catalog import open_catalog
from rag.catalog import Catalog
from rag.embedding import SentenceEmbeddings
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
    catalog = open_catalog(settings)
    try:
        check_schema(catalog.manifest(), settings.store)
        with StoreLock(settings.store, wait):
            catalog.begin_renewal(current_manifest(model) | {RENEW: "yes", ADAPTED: ""})
    finally:
        catalog.close()


def drop_if_ordered(settings: Settings, catalog: Catalog) -> None:
    """Drop both indexes where a renewal was ordered. Whoever calls owns them and has not opened them yet."""
    if RENEW not in catalog.manifest():
        return
    from rag.vectors import erase

    shutil.rmtree(settings.store / "lexical", ignore_errors=True)
    erase(settings.chroma_url or settings.store / "chroma")
    catalog.forget(RENEW)
