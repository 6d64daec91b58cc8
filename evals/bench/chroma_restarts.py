"""Whether Chroma's graph comes back whole after restarts, orderly and by `kill -9`, at some size.

`python -m evals.bench.chroma_restarts [--vectors N] [--rounds R] [--server]` fills a collection as the product does, in
rounds. After each round the process that wrote is ended, every other time by `kill -9` right after its last write was
acknowledged; with `--server` the Chroma server likewise. A new process then counts the vectors, reads some and searches
for them. Prints one JSON line a round; exit code 1 if anything is missing.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from langchain_core.embeddings.fake import FakeEmbeddings
from numpy.typing import NDArray

from evals.bench.server_process import chroma_server, running
from rag.index.chroma_collection import COLLECTION, ChromaCollection

VECTORS, ROUNDS, DIMENSIONS = 300_000, 6, 384
_BATCH = 2_000
_PROBES = 100
_NEAREST = 10


def opened(location: str) -> ChromaCollection:
    """The collection in a folder or at the URL of a server."""
    place = location if location.startswith("http") else Path(location)
    return ChromaCollection(place, COLLECTION, FakeEmbeddings(size=DIMENSIONS))


def vectors_of(first: int, count: int) -> NDArray[np.float32]:
    """Unit vectors that are the same each time, shape (count, DIMENSIONS); in groups of 200."""
    chance = np.random.default_rng(first)
    vectors = np.repeat(chance.normal(size=(count // 200 + 1, DIMENSIONS)), 200, axis=0)[:count]
    vectors = (vectors + chance.normal(size=vectors.shape)).astype(np.float32)
    unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def fill(location: str, first: int, last: int) -> None:
    """Write the vectors from one number to another; prints "written" once all are acknowledged, and waits."""
    collection = opened(location)
    for start in range(first, last, _BATCH):
        ids = [f"cable{number}#1/0" for number in range(start, min(start + _BATCH, last))]
        fields = [{"cable_id": name.partition("#")[0], "digest": name} for name in ids]
        collection.put(ids, fields, list(vectors_of(start, _BATCH)[: len(ids)]))
    print("written", flush=True)
    sys.stdin.readline()
    collection.close()


def checked(location: str, vectors: int) -> dict[str, Any]:
    """What a new process finds: how many, how many of some are read back, and how many the search finds."""
    started = time.perf_counter()
    collection = opened(location)
    count = collection.count()
    probes = np.linspace(0, vectors - 1, _PROBES).astype(int).tolist()
    originals = {number: vectors_of(number - number % _BATCH, _BATCH)[number % _BATCH] for number in probes}
    first = time.perf_counter() - started
    _, _, read = collection.of_cables([f"cable{number}" for number in probes])
    found = [
        f"cable{number}#1/0" in {key for key, _ in collection.nearest(vector.tolist(), _NEAREST)}
        for number, vector in originals.items()
    ]
    collection.close()
    return {
        "vectors": vectors,
        "counted": count,
        "read": len(read),
        "found": sum(found),
        "of": _PROBES,
        "open_seconds": round(first, 1),
        "seconds": round(time.perf_counter() - started, 1),
    }


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Whether Chroma's graph comes back whole after restarts.")
    parser.add_argument("--vectors", type=int, default=VECTORS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--server", action="store_true", help="a Chroma server in place of the embedded one")
    parser.add_argument("--fill", nargs=3, help=argparse.SUPPRESS)
    parser.add_argument("--check", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.fill:
        fill(options.fill[0], int(options.fill[1]), int(options.fill[2]))
        return 0
    if options.check:
        print(json.dumps(checked(options.check[0], int(options.check[1]))))
        return 0
    with TemporaryDirectory(prefix="cables-chroma-") as folder:
        return rounds(Path(folder) / "chroma", options.vectors, options.rounds, options.server)


def rounds(folder: Path, vectors: int, count: int, server: bool) -> int:
    """Fill, end and check, `count` times; 1 if anything was ever missing."""
    whole = True
    ends = [round(vectors * number / count / _BATCH) * _BATCH for number in range(count + 1)]
    for number, (first, last) in enumerate(pairwise(ends)):
        killed = number % 2 == 1
        with _location(folder, server, killed) as location:
            _fill(location, first, last, killed and not server)
        with _location(folder, server, killed=False) as location:
            result = json.loads(_ran("--check", location, str(last)))
        whole &= result["counted"] == last and result["read"] == result["of"] and result["found"] >= 0.95 * result["of"]
        print(json.dumps({"ended by": "kill -9" if killed else "order", **result}), flush=True)
    return 0 if whole else 1


def _fill(location: str, first: int, last: int, killed: bool) -> None:
    command = [sys.executable, "-m", "evals.bench.chroma_restarts", "--fill", location, str(first), str(last)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:  # noqa: S603 - our own module
        assert writer.stdout and writer.stdout.readline() == "written\n", "the writer failed"  # noqa: S101
        if killed:
            os.kill(writer.pid, signal.SIGKILL)
        else:
            writer.communicate("\n")


def _ran(*arguments: str) -> str:
    command = [sys.executable, "-m", "evals.bench.chroma_restarts", *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603 - our own module


@contextmanager
def _location(folder: Path, server: bool, killed: bool) -> Iterator[str]:
    """The folder, or the address of a server over it, which is ended afterwards."""
    if not server:
        yield str(folder)
        return
    with running(chroma_server(folder)) as chroma:
        yield chroma.url
        if not killed:
            chroma.stop()


if __name__ == "__main__":
    sys.exit(main())
