"""What the files of a store hold, also where a library packs it."""

import gzip
import json
from pathlib import Path

import numpy as np
import tantivy
from numpy.typing import NDArray


def holding(store: Path, *words: str) -> list[str]:
    """The files of a store in which one of these words stands, in any case; what a library packs is unpacked."""
    indexes = [meta.parent for meta in store.rglob("meta.json")]
    wanted = [word.lower().encode() for word in words]
    packed = (folder for folder in indexes if any(word in text for word in wanted for text in _texts(folder)))
    return [*files_with(store, *words), *(f"{folder.relative_to(store)} (packed)" for folder in packed)]


def files_with(folder: Path, *words: str) -> list[str]:
    """The files in whose bytes one of these words stands, in any case; gzip is unpacked."""
    wanted, found = [word.lower().encode() for word in words], []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        data = path.read_bytes()
        if data[:2] == b"\x1f\x8b":
            data += gzip.decompress(data)
        if any(word in data.lower() for word in wanted):
            found.append(str(path.relative_to(folder)))
    return found


def _texts(index: Path) -> list[bytes]:
    """The texts of all documents in a tantivy index. None is deleted but in the files, and no file is left over."""
    segments = json.loads((index / "meta.json").read_text(encoding="utf-8"))["segments"]
    assert [segment["deletes"] for segment in segments] == [None] * len(segments)
    names = {segment["segment_id"].replace("-", "") for segment in segments}
    own = {"meta.json", ".managed.json", *(path.name for path in index.glob("*.lock"))}
    assert {path.stem for path in index.iterdir() if path.name not in own} == names
    searcher = tantivy.Index.open(str(index)).searcher()
    hits = searcher.search(tantivy.Query.all_query(), limit=max(1, searcher.num_docs)).hits
    return [searcher.doc(address)["text"][0].lower().encode() for _, address in hits]


def holding_vector(store: Path, vector: NDArray[np.float32]) -> list[str]:
    """The files in which this vector stands, in single or half precision."""
    found = []
    for path in sorted(path for path in store.rglob("*") if path.is_file()):
        data = path.read_bytes()
        if any(_stands(data, vector, kind) for kind in (np.float32, np.float16)):
            found.append(str(path.relative_to(store)))
    return found


def _stands(data: bytes, vector: NDArray[np.float32], kind: type[np.floating]) -> bool:
    size = np.dtype(kind).itemsize
    for offset in range(size):
        numbers = np.frombuffer(data[offset : offset + (len(data) - offset) // size * size], dtype=kind)
        with np.errstate(all="ignore"):  # most of the file is no numbers
            for start in np.flatnonzero(np.abs(numbers - kind(vector[0])) < 1e-4):
                held = numbers[start : start + len(vector)].astype(np.float64)
                if len(held) == len(vector) and np.abs(held - vector).max() < 1e-3:
                    return True
    return False
