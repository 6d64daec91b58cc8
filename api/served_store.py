"""A store that a running service owns, for an ingest beside it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from api.client import ServiceClient, call_service
from rag.catalog.catalog import Catalog, open_catalog
from rag.domain.outgoing import Outgoing
from rag.index.owner_key import owner_key
from rag.settings import Settings


class ServedStore:
    """The catalog is written here, the indexes by the service, which goes on answering.

    What is not indexed when this process is killed is indexed by the next ingest.
    """

    def __init__(self, catalog: Catalog, url: str, key: str | None) -> None:
        self.catalog = catalog
        self._url = url
        self._key = key

    def index_pending(self, progress: Callable[[int], None] = lambda further: None) -> int:
        """Have the service index every cable that is not indexed; returns how many there were."""
        first = waiting = len(self.catalog.unindexed())
        while waiting:
            left = call_service(self._url, self._key, ServiceClient.index)
            progress(waiting - left)
            waiting = left
        return first

    def outgoing(self) -> Outgoing | None:
        """What the service would send to another machine to index them; None if nothing."""
        return call_service(self._url, self._key, ServiceClient.outgoing)

    def precision(self) -> None:
        """The service encodes, and tells at `/readyz` with what."""


@contextmanager
def served_store(settings: Settings, url: str) -> Iterator[ServedStore]:
    """The store that the service at `url` owns.

    Raises:
        StoreMismatch: the catalog is of another version than this program's.
    """
    with open_catalog(settings) as catalog:
        yield ServedStore(catalog, url, owner_key(settings.store))
