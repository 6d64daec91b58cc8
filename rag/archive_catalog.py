"""The catalog of a store, found from the settings."""

from rag.catalog import Catalog
from rag.errors import StoreMissing
from rag.settings import Settings

CATALOG_FILE = "catalog.sqlite3"


def open_catalog(settings: Settings, create: bool = False) -> Catalog:
    """The catalog of the store, without its indexes: needs neither lock nor models.

    Raises:
        StoreMissing: no store is there and `create` is off.
    """
    if settings.catalog_url:
        return Catalog(settings.catalog_url)
    path = settings.store / CATALOG_FILE
    if create:
        settings.store.mkdir(parents=True, exist_ok=True)
    elif not path.is_file():
        raise StoreMissing(
            f"there is no store in {settings.store}; make one with `cables ingest PATH` or name another with --store"
        )
    return Catalog(f"sqlite:///{path}")
