"""How long retrieval takes, and which step takes how much of it.

`python -m evals.bench.query FOLDER` ingests the cables of a folder, copies them under other serials until the archive
holds 13,000 paragraphs (`--paragraphs`), asks the questions of the golden set (`--golden`) one at a time with and
without reranking, and prints one JSON line each: p50 and p95 in milliseconds, and the share of each step (some go on at
the same time, so they add up to more than one). A copy's vector is its original's, turned a little at random, so that
the index has as much to tell apart as in real life.
"""

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.archives import BENCHES, temporary_archive
from evals.golden import load
from rag.archive import Archive
from rag.cable import Cable
from rag.cable_id import CableId
from rag.late_interaction import LateInteraction
from rag.paragraph_key import ParagraphKey
from rag.retrieval import RetrievalWeights, Retriever

PARAGRAPHS = 13_000
K = 20
AT_ONCE = 200  # cables
NOISE = 0.2
"""Length of the random vector added to a unit vector before it is made a unit vector again."""


class Timed:
    """Stands before a collaborator and adds up the seconds spent in its methods."""

    def __init__(self, inner: object, name: str, spent: dict[str, float]) -> None:
        self._inner, self._name, self._spent = inner, name, spent

    def __getattr__(self, attribute: str) -> Any:
        held = getattr(self._inner, attribute)
        if not callable(held):
            return held

        def timed(*args: Any, **kwargs: Any) -> Any:
            started = time.perf_counter()
            try:
                return held(*args, **kwargs)
            finally:
                self._spent[self._name] += time.perf_counter() - started

        return timed


def copies(cables: list[Cable], paragraphs: int) -> Iterator[Cable]:
    """The same cables under other serials until there are so many paragraphs in all, the originals counted."""
    held = sum(len(cable.paragraphs) for cable in cables)
    round_ = 0
    while held < paragraphs:
        round_ += 1
        for cable in cables:
            if held >= paragraphs:
                return
            cable_id = CableId(cable.id.year, cable.id.post, cable.id.serial + 1_000_000 * round_)
            own = tuple(replace(each, key=ParagraphKey(cable_id, each.key.locator)) for each in cable.paragraphs)
            held += len(own)
            yield replace(cable, id=cable_id, paragraphs=own)


def grow(archive: Archive, paragraphs: int) -> int:
    """Add copies to the catalog and both indexes; returns the number of paragraphs held then."""
    random, ids = np.random.default_rng(0), archive.catalog.ids()
    originals = [cable for each in ids if (cable := archive.catalog.cable(each)) is not None]
    known = {window.digest: np.asarray(vector) for window, vector in archive.indexes.held(ids)}
    added = list(copies(originals, paragraphs))
    for start in range(0, len(added), AT_ONCE):
        some = added[start : start + AT_ONCE]
        for cable in some:
            archive.catalog.put(cable)
        windows = archive.indexes.vectors.entries.of(some)
        archive.indexes.replace(some, [(window, turned(known[window.digest], random)) for window in windows])
        archive.catalog.mark_indexed([str(cable.id) for cable in some])
    return archive.catalog.size().paragraphs


def turned(vector: NDArray[np.float32], random: np.random.Generator) -> NDArray[np.float32]:
    """A unit vector near another: no two windows of the grown archive are the same point."""
    noise = random.normal(size=len(vector))
    moved = vector + NOISE * noise / np.linalg.norm(noise)
    unit: NDArray[np.float32] = (moved / np.linalg.norm(moved)).astype(np.float32)
    return unit


def measure(retriever: Retriever, questions: list[str], spent: dict[str, float]) -> dict[str, Any]:
    """Ask everything once to warm up and once for the figures."""
    for question in questions[:5]:
        retriever.search(question, K)
    spent.clear()
    times = []
    for question in questions:
        started = time.perf_counter()
        retriever.search(question, K)
        times.append(time.perf_counter() - started)
    total = sum(times)
    shares = {step: round(seconds / total, 3) for step, seconds in sorted(spent.items(), key=lambda item: -item[1])}
    p50, p95 = (round(float(np.percentile(times, percent)) * 1000, 1) for percent in (50, 95))
    return {"questions": len(times), "p50_ms": p50, "p95_ms": p95, "shares": shares}


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Latency of retrieval, by step.")
    parser.add_argument("folder", type=Path, help="folder of cables")
    parser.add_argument("--golden", type=Path, default=BENCHES[-1].golden, help="a golden set for its questions")
    parser.add_argument("--paragraphs", type=int, default=PARAGRAPHS)
    options = parser.parse_args()
    [golden] = load([options.golden])
    questions = [each.question for each in golden.questions]
    with temporary_archive(options.folder) as archive:
        paragraphs = grow(archive, options.paragraphs)
        spent: dict[str, float] = defaultdict(float)
        late = LateInteraction(archive.embeddings, archive.indexes.lexical.rarities)

        def timed(name: str, collaborator: object) -> Any:
            return Timed(collaborator, name, spent)

        for name, weights in (("fused", RetrievalWeights(reranked=0)), ("reranked", RetrievalWeights())):
            retriever = Retriever(
                timed("catalog", archive.catalog),
                timed("vectors", archive.indexes.vectors),
                timed("words", archive.indexes.lexical),
                timed("question", archive.embeddings),
                timed("late interaction", late),
                weights,
            )
            found = measure(retriever, questions, spent)
            print(json.dumps({"retrieval": name, "paragraphs": paragraphs, **found}), flush=True)


if __name__ == "__main__":
    main()
