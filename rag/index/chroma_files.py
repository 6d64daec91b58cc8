"""The files of an embedded Chroma, where Chroma itself does not take enough care of them."""

import shutil
from pathlib import Path

from rag.errors import StoreUnavailable

_SPARE_BYTES = 4_000_000
_BYTES_PER_NUMBER = 16  # of a vector: in the log, its journal and the graph


def graph_folders(location: Path) -> list[Path]:
    """The folders of graphs, one for each that was ever written."""
    return [path for path in location.iterdir() if path.is_dir()]


def check_space(location: Path, numbers: int) -> None:
    """Check that there is room for vectors with this many numbers: on a full disk Chroma may wait for ever.

    Raises:
        StoreUnavailable: the disk is almost full.
    """
    free = shutil.disk_usage(location).free
    if free < _SPARE_BYTES + _BYTES_PER_NUMBER * numbers:
        raise StoreUnavailable(f"only {free // 1_000_000} MB are free for the vector index; check the disk")


def clear_unused(folder: Path) -> None:
    """Clear the files of a graph that holds nothing yet.

    Chroma fills them with whatever its memory held before, such as a vector that was deleted.
    """
    if (folder / "index_metadata.pickle").exists():
        return
    for path in folder.glob("*.bin"):
        if path.name != "header.bin":
            path.write_bytes(bytes(path.stat().st_size))
