"""A graph large enough to be in files, beside a flat index that holds the same, and ways to damage it."""

import logging
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np

from rag.index.chroma_collection import COLLECTION, ChromaCollection
from rag.index.chroma_files import graph_folders
from rag.index.flat_vectors import FlatVectors
from rag.index.window_entries import Entry, Window

WINDOWS = 1200  # Chroma writes a graph to its files from 1,000 on
_SIZE = 64


def entries() -> list[Entry]:
    """One window a cable, with vectors at random."""
    found = np.random.default_rng(0).normal(size=(WINDOWS, _SIZE)).astype(np.float32)
    fields = {"post": "QUILL", "access": "U", "header_access": "U", "classification": ""}
    return [
        (Window(f"08QUILL{number}#1/0", f"Text {number}.", fields | {"cable_id": f"08QUILL{number}"}), vector)
        for number, vector in enumerate(found / np.linalg.norm(found, axis=1, keepdims=True), 1)
    ]


@contextmanager
def warnings() -> Iterator[list[str]]:
    """The messages that the index logs within the block, whatever other tests have made of logging."""
    messages: list[str] = []
    handler, log = logging.Handler(), logging.getLogger("cables.index")
    handler.emit = lambda record: messages.append(record.getMessage())  # type: ignore[method-assign]
    before = log.disabled, log.level
    log.disabled = False
    log.setLevel(logging.WARNING)
    log.addHandler(handler)
    try:
        yield messages
    finally:
        log.removeHandler(handler)
        log.disabled = before[0]
        log.setLevel(before[1])


def fill(folder: Path, held: int = WINDOWS) -> None:
    """Write all of them to `folder/flat` and the first `held` to `folder/chroma`."""
    windows = entries()
    FlatVectors(folder / "flat" / COLLECTION).replace([window.metadata["cable_id"] for window, _ in windows], windows)
    with closing(ChromaCollection(folder / "chroma", COLLECTION, None)) as collection:
        some = windows[:held]
        collection.put(
            [window.id for window, _ in some],
            [{"cable_id": window.metadata["cable_id"], "digest": window.digest} for window, _ in some],
            [vector for _, vector in some],
        )


def _graph(folder: Path) -> Path:
    (graph,) = graph_folders(folder / "chroma")
    return graph


def _fill_with(path: Path, content: bytes) -> None:
    path.write_bytes(content)


DAMAGES: dict[str, Callable[[Path], None]] = {
    "no files": lambda folder: shutil.rmtree(_graph(folder)),
    "no list of its ids": lambda folder: (_graph(folder) / "index_metadata.pickle").unlink(),
    "half of its vectors": lambda folder: os.truncate(_graph(folder) / "data_level0.bin", 100_000),
    "a header of zeros": lambda folder: _fill_with(_graph(folder) / "header.bin", bytes(100)),
}


def make_lethal(folder: Path) -> None:
    """Damage it so that searching it ends the process: every vector's neighbours are far outside the memory.

    In hnswlib's files an element has a count and 32 neighbours, four bytes each, then its vector and a label of eight.
    """
    path = _graph(folder) / "data_level0.bin"
    elements = np.fromfile(path, dtype=np.uint32).reshape(WINDOWS, 33 + _SIZE + 2)
    elements[:, 0], elements[:, 1:33] = 32, 0x7FFFFF00
    elements.tofile(path)


def make_no_database(folder: Path) -> None:
    """Damage Chroma's database."""
    (folder / "chroma" / "chroma.sqlite3").write_bytes(b"not a database" * 5000)
