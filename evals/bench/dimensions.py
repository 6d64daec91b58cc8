"""The flat index with vectors of one encoder or another: latency, recall, disk and memory at a given size.

`python -m evals.bench.dimensions FOLDER [--encoder MODEL ...] [--windows N]` ingests the cables of a folder with each
encoder, grows the flat index alone by copies (`evals.bench.replicas`), and searches it with the questions of a golden
set in a fresh process. Prints a JSON object for each encoder. The graph and the catalog are not part of it: see
`evals.bench.scale`.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from evals.archives import WIKILEAKS
from evals.bench.replicas import Replicas
from evals.bench.searches import DEPTH, MONTH, RECALL_QUESTIONS, UNCLASSIFIED, memory
from evals.bench.timing import percentiles_ms
from evals.golden import load
from ingest.pipeline import ingest
from ingest.sources.paths import documents
from rag.archive import Archive
from rag.domain.filters import Filters
from rag.encoders.embedding import PACKAGED_MODEL
from rag.index.flat_vectors import FlatVectors
from rag.settings import Settings

WINDOWS = 1_200_000
"""About those of a million paragraphs."""

_AT_ONCE = 1000  # cables
_EXACT = 1_000_000_000
_QUESTIONS = "questions.npy"


def build(folder: Path, encoder: str, windows: int, golden: Path, place: Path) -> None:
    """Write a flat index of so many windows and the vectors of the golden questions to `place`."""
    [golden_set] = load([golden])
    with TemporaryDirectory(prefix="cables-dimensions-") as store:
        settings = Settings(store=Path(store), catalog_url=None, chroma_url=None, llm=None, embedding_model=encoder)
        with Archive(settings, create=True) as archive:
            ingest(archive, documents([folder]))
            ids = archive.catalog.ids()
            replicas = Replicas(list(archive.catalog.cables(ids)), archive.indexes.vectors.stored(ids))
            vectors = [archive.embeddings.embed_query(question.question) for question in golden_set.questions]
    np.save(place / _QUESTIONS, np.array(vectors))
    flat, total, pairs = FlatVectors(place / "flat"), 0, replicas.cables(10_000)
    while total < windows:
        batch = list(islice(pairs, _AT_ONCE))
        entries = replicas.entries(batch)
        flat.replace([str(copy.id) for copy, _ in batch], entries)
        total += len(entries)


def measured(place: Path) -> dict[str, Any]:
    """Figures of the flat index in `place`: p50 and p95 in milliseconds by kind of search, recall, megabytes."""
    flat, exact = FlatVectors(place / "flat"), FlatVectors(place / "flat", compared=_EXACT)
    questions, before = np.load(place / _QUESTIONS), memory()
    kinds = {
        "everything": (Filters(), None),
        "one month": (MONTH, None),
        "clearance UNCLASSIFIED": (Filters(), UNCLASSIFIED.classes),
    }
    searches = {}
    for name, (filters, classes) in kinds.items():
        flat.search(questions[0], DEPTH, filters, classes)
        times = []
        for question in questions:
            started = time.perf_counter()
            flat.search(question, DEPTH, filters, classes)
            times.append(time.perf_counter() - started)
        searches[name] = percentiles_ms(times)
    after = memory()
    return {
        "windows": flat.count(),
        "dimensions": questions.shape[1],
        "searches": searches,
        "recall_at_100": recall(flat, exact, questions[:RECALL_QUESTIONS]),
        "disk_mb": sum(file.stat().st_size for file in (place / "flat").rglob("*") if file.is_file()) // 1_000_000,
        "memory_mb": {"before": before, "after": after},
    }


def recall(flat: FlatVectors, exact: FlatVectors, questions: Sequence[Any]) -> float:
    """Mean share of the `DEPTH` nearest paragraphs that the index finds among everything."""
    shares = []
    for question in questions:
        truth = {key for key, _ in exact.search(question, DEPTH, Filters(), None)}
        found = {key for key, _ in flat.search(question, DEPTH, Filters(), None)}
        shares.append(len(truth & found) / len(truth))
    return round(float(np.mean(shares)), 4)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="The flat index with vectors of one encoder or another.")
    parser.add_argument("folder", type=Path, help="folder of cables, or with --measure that of a flat index")
    parser.add_argument("--encoder", nargs="+", default=[PACKAGED_MODEL], help="names or folders of encoders")
    parser.add_argument("--windows", type=int, default=WINDOWS)
    parser.add_argument("--golden", type=Path, default=WIKILEAKS.golden, help="a golden set for its questions")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measured(options.folder)))
        return
    for encoder in options.encoder:
        with TemporaryDirectory(prefix="cables-dimensions-") as folder:
            build(options.folder, encoder, options.windows, options.golden, Path(folder))
            command = [sys.executable, "-m", "evals.bench.dimensions", folder, "--measure"]
            output = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603 - our own module
            print(json.dumps({"encoder": Path(encoder).name} | json.loads(output)), flush=True)


if __name__ == "__main__":
    main()
