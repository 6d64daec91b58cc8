"""A store that a running service owns, for an ingest beside it."""

from collections.abc import Iterator
from contextlib import contextmanager

from api.client import ServiceClient
from rag.archive import open_catalog
from rag.catalog import Catalog
from rag.manifest import check_schema
from rag.owner_key import owner_key
from rag.settings import Settings


class ServedStore:
    """The catalog is written here, the indexes by the service, which goes on answering.

    What is left when this process ends before its time is indexed by the next ingest.
    """

    def __init__(self, catalog: Catalog, service: ServiceClient) -> None:
        self.catalog = catalog
        self._service = service

    def sync(self) -> int:
        """Have the service index every cable that waits for it; returns how many did."""
        waiting = len(self.catalog.unindexed())
        while self._service.index():
            pass
        return waiting

    def numerics(self) -> None:
        """The service encodes, and tells at `/readyz` with what."""


@contextmanager
def served_store(settings: Settings, url: str) -> Iterator[ServedStore]:
    """The store that the service at `url` owns.

    Raises:
        StoreMismatch: the catalog is of another version than this program's.
    """
    with open_catalog(settings) as catalog:
        check_schema(catalog.manifest(), settings.store)
        yield ServedStore(catalog, ServiceClient(url, owner_key(settings.store)))
