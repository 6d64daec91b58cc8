"""Growth of search latency, disk and memory with the size of the archive.

`python -m evals.bench.scale FOLDER [--sizes 10000 100000 1000000] [--out FILE]` ingests the cables of a folder, grows
the archive by copies of them (`evals.bench.replicas`) to each size in paragraphs, and has a fresh process open it and
measure (`evals.bench.searches`). A million paragraphs take about an hour, 6 GB of disk and as much memory; the encoder
runs on the originals alone. The result is one JSON object.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from evals.archives import WIKILEAKS
from evals.bench.machine import machine
from evals.bench.replicas import Replicas
from ingest.pipeline import ingest
from ingest.sources.paths import documents
from rag.archive import Archive
from rag.domain.cable import Cable
from rag.settings import Settings

SIZES = (10_000, 100_000, 1_000_000)
AT_ONCE = 1000  # cables
PARTS = {"catalog": "catalog.sqlite3*", "graph": "chroma/**/*", "flat": "flat/**/*", "words": "lexical/*"}


def grow(settings: Settings, replicas: Replicas, paragraphs: int, spent: dict[str, float]) -> None:
    """Add copies to the catalog and all indexes until there are `paragraphs` paragraphs.

    Adds to `spent` the seconds of processor time by part, and the seconds on the clock.
    """
    with Archive(settings, create=True) as archive:
        size = archive.catalog.size()
        total, pairs = size.paragraphs, replicas.cables(10_000 + size.cables)
        while total < paragraphs:
            batch = list(_up_to(pairs, paragraphs - total))
            total += sum(len(copy.paragraphs) for copy, _ in batch)
            _index(archive, replicas, batch, spent)
            print(f"{total:,} paragraphs, {spent['on the clock']:.0f} s", file=sys.stderr, flush=True)


def _up_to(pairs: Iterator[tuple[Cable, Cable]], paragraphs: int) -> Iterator[tuple[Cable, Cable]]:
    for copy, original in islice(pairs, AT_ONCE):
        yield copy, original
        paragraphs -= len(copy.paragraphs)
        if paragraphs <= 0:
            return


def _index(archive: Archive, replicas: Replicas, pairs: Sequence[tuple[Cable, Cable]], spent: dict[str, float]) -> None:
    copies = [copy for copy, _ in pairs]
    ids = [str(copy.id) for copy in copies]
    vectors = archive.indexes.vectors
    clock, started = time.perf_counter(), time.process_time()

    def lap(part: str) -> None:
        nonlocal started
        spent[part] += time.process_time() - started
        started = time.process_time()

    lap("copies")
    for copy in copies:
        archive.catalog.put(copy)
    lap("catalog")
    entries = replicas.entries(pairs)
    lap("copies")
    vectors.replace(ids, entries)
    lap("vectors")
    archive.indexes.lexical.replace(copies)
    lap("words")
    archive.catalog.mark_indexed(ids)
    lap("catalog")
    spent["on the clock"] += time.perf_counter() - clock


def disk(store: Path) -> dict[str, int]:
    """Megabytes of each part of a store."""
    return {
        part: sum(file.stat().st_size for file in store.glob(pattern) if file.is_file()) // 1_000_000
        for part, pattern in PARTS.items()
    }


def measured(store: Path, golden: Path) -> dict[str, Any]:
    """The result of `evals.bench.searches` in a fresh process."""
    command = [sys.executable, "-m", "evals.bench.searches", str(store), "--golden", str(golden)]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603 - our own module
    result: dict[str, Any] = json.loads(output)
    return result


def exponents(sizes: Sequence[dict[str, Any]]) -> dict[str, float]:
    """For each kind of search, the slope of log p95 processor time over log paragraphs: 0 is constant, 1 linear."""
    paragraphs = np.log([size["paragraphs"] for size in sizes])

    def slope(kind: str) -> float:
        latencies = np.log([size["searches"][kind]["processor"]["p95_ms"] for size in sizes])
        return round(float(np.polyfit(paragraphs, latencies, 1)[0]), 2)

    return {kind: slope(kind) for kind in sizes[0]["searches"]}


def build(folder: Path, sizes: Sequence[int], place: Path) -> None:
    """A store of each size in `place`, named by the size, and a file of the seconds it took; existing ones are kept."""
    if all((place / f"{size}.json").exists() for size in sizes):
        return
    settings = Settings(store=place / "growing", catalog_url=None, chroma_url=None, llm=None)
    with Archive(settings, create=True) as archive:
        ingest(archive, documents([folder]))
        ids = archive.catalog.ids()
        originals = list(archive.catalog.cables(ids))
        replicas = Replicas(originals, archive.indexes.vectors.stored(ids))
    spent: dict[str, float] = defaultdict(float)
    for size in sizes:
        grow(settings, replicas, size, spent)
        shutil.copytree(settings.store, place / str(size))
        built = {part: round(seconds, 1) for part, seconds in sorted(spent.items())}
        (place / f"{size}.json").write_text(json.dumps(built), encoding="utf-8")
    shutil.rmtree(settings.store)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Growth of search, disk and memory.")
    parser.add_argument("folder", type=Path, help="folder of cables")
    parser.add_argument("--golden", type=Path, default=WIKILEAKS.golden, help="a golden set for its questions")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="paragraphs, rising")
    parser.add_argument("--keep", type=Path, help="folder for the stores; existing ones are measured again")
    parser.add_argument("--out", type=Path, help="file for the result")
    options = parser.parse_args()
    result: dict[str, Any] = {"machine": machine(), "sizes": []}
    with tempfile.TemporaryDirectory(prefix="cables-scale-") as folder:
        place = options.keep or Path(folder)
        build(options.folder, options.sizes, place)
        for size in options.sizes:
            built = json.loads((place / f"{size}.json").read_text(encoding="utf-8"))
            store = {"build_seconds": built, "disk_mb": disk(place / str(size))}
            result["sizes"].append(store | measured(place / str(size), options.golden))
    if len(options.sizes) > 1:
        result["growth_exponent"] = exponents(result["sizes"])
    shown = json.dumps(result, indent=1) + "\n"
    if options.out:
        options.out.write_text(shown, encoding="utf-8")
    print(shown)


if __name__ == "__main__":
    main()
