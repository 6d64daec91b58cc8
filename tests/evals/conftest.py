"""A small archive of invented cables, in the real embedded stores."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.archive import Archive
from rag.settings import Settings
from tests.evals.invented import CABLES


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    store: Path = tmp_path_factory.mktemp("store")
    with Archive(Settings(store=store, catalog_url=None, chroma_url=None, llm=None), create=True) as opened:
        for cable in CABLES:
            opened.catalog.put(cable)
        opened.index_pending()
        yield opened
