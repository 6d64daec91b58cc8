"""Latency of retrieval, and the share of each step in it.

`python -m evals.bench.query FOLDER` ingests the cables of a folder, copies them under other serials until the archive
holds 13,000 paragraphs (`--paragraphs`), asks the questions of the golden set (`--golden`) one at a time with and
without reranking, and prints one JSON line each: p50 and p95 in milliseconds, and the share of each step. Some run
at the same time, so the shares may exceed one in sum. A copy's vector is its original's with noise, so that the index
has as many distinct vectors as a real archive.
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

from evals.archives import WIKILEAKS, temporary_archive
from evals.bench.timing import TimedCalls, percentiles_ms
from evals.golden import load
from rag.archive import Archive
from rag.domain.cable import Cable
from rag.domain.cable_id import CableId
from rag.domain.paragraph_key import ParagraphKey
from rag.retrieval.late_interaction import LateInteraction
from rag.retrieval.retrieval import Retriever
from rag.retrieval.weights import RetrievalWeights

PARAGRAPHS = 13_000
K = 20
AT_ONCE = 200  # cables
NOISE = 0.2
"""Length of the random vector added to a unit vector before it is made a unit vector again."""


def copies(cables: list[Cable], paragraphs: int) -> Iterator[Cable]:
    """The same cables under other serials, until originals and copies have `paragraphs` paragraphs."""
    total = sum(len(cable.paragraphs) for cable in cables)
    round_ = 0
    while total < paragraphs:
        round_ += 1
        for cable in cables:
            if total >= paragraphs:
                return
            cable_id = CableId(cable.id.year, cable.id.post, cable.id.serial + 1_000_000 * round_)
            own = tuple(
                replace(paragraph, key=ParagraphKey(cable_id, paragraph.key.locator)) for paragraph in cable.paragraphs
            )
            total += len(own)
            yield replace(cable, id=cable_id, paragraphs=own)


def grow(archive: Archive, paragraphs: int) -> int:
    """Add copies to the catalog and both indexes; returns the number of paragraphs."""
    random, ids = np.random.default_rng(0), archive.catalog.ids()
    originals = list(archive.catalog.cables(ids))
    known = {window.digest: np.asarray(vector) for window, vector in archive.indexes.vectors.stored(ids)}
    added = list(copies(originals, paragraphs))
    for start in range(0, len(added), AT_ONCE):
        batch = added[start : start + AT_ONCE]
        for cable in batch:
            archive.catalog.put(cable)
        windows = archive.indexes.vectors.entries.of(batch)
        archive.indexes.replace(batch, [(window, with_noise(known[window.digest], random)) for window in windows])
        archive.catalog.mark_indexed([str(cable.id) for cable in batch])
    return archive.catalog.size().paragraphs


def with_noise(vector: NDArray[np.float32], random: np.random.Generator) -> NDArray[np.float32]:
    """A unit vector near another, so that no two windows of the grown archive are equal."""
    noise = random.normal(size=len(vector))
    moved = vector + NOISE * noise / np.linalg.norm(noise)
    unit: NDArray[np.float32] = (moved / np.linalg.norm(moved)).astype(np.float32)
    return unit


def measure(retriever: Retriever, questions: list[str], spent: dict[str, float]) -> dict[str, Any]:
    """Latency over all questions, after a few to warm up."""
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
    return {"questions": len(times), **percentiles_ms(times), "shares": shares}


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Latency of retrieval, by step.")
    parser.add_argument("folder", type=Path, help="folder of cables")
    parser.add_argument("--golden", type=Path, default=WIKILEAKS.golden, help="a golden set for its questions")
    parser.add_argument("--paragraphs", type=int, default=PARAGRAPHS)
    options = parser.parse_args()
    [golden] = load([options.golden])
    questions = [golden_question.question for golden_question in golden.questions]
    with temporary_archive([options.folder]) as archive:
        paragraphs = grow(archive, options.paragraphs)
        spent: dict[str, float] = defaultdict(float)
        late = LateInteraction(archive.judge, archive.indexes.lexical.word_idf)

        def timed(name: str, collaborator: object) -> Any:
            return TimedCalls(collaborator, name, spent)

        for name, weights in (("fused", RetrievalWeights(reranked=0)), ("reranked", RetrievalWeights())):
            retriever = Retriever(
                timed("catalog", archive.catalog),
                timed("vectors", archive.indexes.vectors),
                timed("words", archive.indexes.lexical),
                timed("question", archive.embeddings),
                timed("late interaction", late),
                weights,
            )
            result = measure(retriever, questions, spent)
            print(json.dumps({"retrieval": name, "paragraphs": paragraphs, **result}), flush=True)


if __name__ == "__main__":
    main()
