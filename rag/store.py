"""The life cycle of a store: its catalog, the lock on its indexes, and the check of its manifest."""

from rag.catalog.catalog import open_catalog
from rag.catalog.manifest import check_manifest, current_manifest
from rag.index.lock import StoreLock
from rag.index.reindex import drop_indexes_if_requested
from rag.settings import Settings
from rag.store_folder import make_private


class OpenStore:
    """A store in use by this process until it is closed.

    The indexes of an embedded store have one owner at a time. With a Chroma server only a process that opens the store
    with `create` is an owner and may ingest; the others read what it publishes.
    """

    def __init__(self, settings: Settings, model: str, create: bool = False, wait: float = 0.0) -> None:
        """Open the store that `settings` names, to be used with the embedding model of the name `model`.

        `wait` is how many seconds to wait for another owner.

        Raises:
            StoreMissing: there is no store and `create` is off.
            StoreInUse: another process owns the indexes.
            StoreMismatch: it was built with another model or schema.
        """
        self._settings = settings
        self.owned = create or settings.chroma_url is None
        self.catalog = open_catalog(settings, create)
        self.lock: StoreLock | None = None
        try:
            if self.owned:
                make_private(settings.store)
                self.lock = StoreLock(settings.store, wait)
            self._check_manifest(model)
        except BaseException:
            self.close()
            raise

    @property
    def left_behind(self) -> bool:
        """Whether the last owner of the indexes ended without closing them, killed for instance."""
        return self.lock is not None and self.lock.left_behind

    def announce(self, url: str) -> None:
        """Let commands on an embedded store know that this process answers at `url`."""
        if self.lock is not None and self._settings.chroma_url is None:
            self.lock.announce(url)

    def close(self) -> None:
        """Release the lock and close the catalog."""
        if self.lock is not None:
            self.lock.release()
        self.catalog.close()

    def _check_manifest(self, model: str) -> None:
        stored, expected = self.catalog.manifest(), current_manifest(model)
        check_manifest(stored, model, self._settings.store)
        if self.owned:
            if not expected.items() <= stored.items():
                self.catalog.set_manifest(expected)
            drop_indexes_if_requested(self._settings, self.catalog)
