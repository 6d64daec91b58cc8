"""An empty catalog and empty indexes, which need no model."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from rag.catalog.catalog import Catalog
from rag.index.indexes import Indexes
from rag.index.lexical import LexicalIndex
from rag.index.vectors import VectorIndex
from tests.rag.word_embeddings import WordEmbeddings


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    """An empty catalog in SQLite."""
    with Catalog(f"sqlite:///{tmp_path / 'catalog.sqlite3'}") as opened:
        yield opened


@pytest.fixture
def indexes(tmp_path: Path) -> Iterator[Indexes]:
    """Empty indexes; the vectors are in Chroma, the words in memory."""
    with closing(VectorIndex(tmp_path / "chroma", tmp_path / "flat", WordEmbeddings())) as vectors:
        yield Indexes(vectors, LexicalIndex(None))
