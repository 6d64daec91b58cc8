"""How long searches of one store take, with and without conditions, and how much of the truth they find.

`python -m evals.bench.searches STORE` opens a store as a service does and prints one JSON object: what opening took,
memory, p50 and p95 of each kind of search in milliseconds (the whole of `Retriever.search` without reranking, and its
steps), and recall of the hundred nearest paragraphs against a comparison with every vector.
"""

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import func, select

from evals.archives import BENCHES
from evals.bench.query import Timed
from evals.golden import load
from rag.access import OWNER, Clearance
from rag.archive import Archive
from rag.embedding import SentenceEmbeddings
from rag.filters import Filters
from rag.flat_vectors import FlatVectors
from rag.late_interaction import LateInteraction
from rag.marking import Level
from rag.question_parts import question_parts
from rag.retrieval import RetrievalWeights, Retriever
from rag.settings import Settings
from rag.tables import cable_tags, cables
from rag.vectors import collection_of

K = 20
DEPTH = 100
JUDGED = 30  # questions of which the truth is computed
UNCLASSIFIED = Clearance(Level.U)
SECRET = Clearance(Level.S, noforn=True)
MONTH = Filters(date_from=date(2007, 5, 1), date_to=date(2007, 5, 31))

Kind = tuple[Clearance, Filters]


def kinds(archive: Archive) -> dict[str, Kind]:
    """The kinds of search, by name. The post and the first TAG are the busiest, the second TAG is a rare one."""
    with archive.catalog.begin() as connection:
        by_post = select(cables.c.post).group_by(cables.c.post).order_by(func.count().desc(), cables.c.post)
        # The originals of a grown archive are of a few posts; copies are of many.
        post = next(each for each in connection.scalars(by_post) if each.startswith("REPLICA"))
        tags = list(
            connection.scalars(select(cable_tags.c.tag).group_by(cable_tags.c.tag).order_by(func.count().desc()))
        )
    common, rare = tags[0], tags[len(tags) // 2]
    return {
        "everything": (OWNER, Filters()),
        "one post": (OWNER, Filters(posts=frozenset((post,)))),
        "one month": (OWNER, MONTH),
        "a common TAG": (OWNER, Filters(tags=frozenset((common,)))),
        "a rare TAG": (OWNER, Filters(tags=frozenset((rare,)))),
        "clearance UNCLASSIFIED": (UNCLASSIFIED, Filters()),
        "clearance SECRET NOFORN": (SECRET, Filters()),
        "clearance SECRET NOFORN, one month": (SECRET, MONTH),
    }


def latencies(archive: Archive, kind: Kind, questions: Sequence[str]) -> dict[str, Any]:
    """p50 and p95 in milliseconds, of the whole and of each step."""
    reader, filters = kind
    spent: dict[str, float] = defaultdict(float)
    view = archive.as_reader(reader)
    vectors = archive.indexes.vectors.as_reader(reader)

    def timed(name: str, collaborator: object) -> Any:
        return Timed(collaborator, name, spent)

    retriever = Retriever(
        timed("catalog", view.catalog),
        timed("vectors", vectors),
        timed("words", view.lexical),
        timed("question", _Remembered(archive.embeddings, questions)),
        LateInteraction(archive.original, view.lexical.rarities),
        RetrievalWeights(reranked=0),
    )
    started = time.perf_counter()
    retriever.search(questions[0], K, filters)
    first = time.perf_counter() - started
    for question in questions[:5]:
        retriever.search(question, K, filters)
    times, computed, steps = [], [], defaultdict(list)
    for question in questions:
        spent.clear()
        started, computing = time.perf_counter(), time.process_time()
        retriever.search(question, K, filters)
        times.append(time.perf_counter() - started)
        computed.append(time.process_time() - computing)
        for step, seconds in spent.items():
            steps[step].append(seconds)
    return {
        "first_ms": round(first * 1000, 1),
        **_percentiles(times),
        "processor": _percentiles(computed),
        "steps": {step: _percentiles(seconds) for step, seconds in steps.items()},
    }


class _Remembered:
    """The vectors of questions that were encoded beforehand: the encoder takes the same time whatever the size."""

    def __init__(self, embeddings: SentenceEmbeddings, questions: Sequence[str]) -> None:
        parts = [each for question in questions for each in (question, *question_parts(question))]
        self._known = {each: embeddings.embed_query(each) for each in parts}

    def embed_query(self, text: str) -> list[float]:
        """The vector of one of the questions."""
        return self._known[text]


def _percentiles(seconds: Sequence[float]) -> dict[str, float]:
    p50, p95 = (round(float(np.percentile(seconds, percent)) * 1000, 1) for percent in (50, 95))
    return {"p50_ms": p50, "p95_ms": p95}


def recalls(archive: Archive, by_name: dict[str, Kind], questions: Sequence[str]) -> dict[str, dict[str, float]]:
    """Mean and least share of the `DEPTH` nearest paragraphs found."""
    folder = archive.settings.flat_folder / collection_of(archive.adapted)
    exact = FlatVectors(folder, compared=1_000_000_000)
    asked = [archive.embeddings.embed_query(question) for question in questions[:JUDGED]]
    found: dict[str, dict[str, float]] = {}
    for name, (reader, filters) in by_name.items():
        vectors = archive.indexes.vectors.as_reader(reader)
        shares = []
        for vector in asked:
            truth = {key for key, _ in exact.search(vector, DEPTH, filters, reader.classes)}
            hits = {hit.key for hit in vectors.search(vector, DEPTH, filters)}
            shares.append(len(truth & hits) / max(len(truth), 1))
        found[name] = {"mean": round(float(np.mean(shares)), 4), "least": round(min(shares), 4)}
    return found


def memory() -> dict[str, int]:
    """Megabytes this process holds: its own, and of files that the system may drop and read again."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    held = dict(line.split(":", 1) for line in lines)
    return {name: int(held[field].split()[0]) // 1000 for name, field in (("own", "RssAnon"), ("files", "RssFile"))}


def _filtered(archive: Archive, by_name: dict[str, Kind]) -> Iterator[tuple[str, int]]:
    """How many windows each kind of search is among."""
    fields = [each.fields for each in archive.indexes.vectors.flat.segments()]
    for name, (reader, filters) in by_name.items():
        yield name, sum(int(each.mask(filters, reader.classes).sum()) for each in fields)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Latency and recall of the searches of a store.")
    parser.add_argument("store", type=Path)
    parser.add_argument("--golden", type=Path, default=BENCHES[-1].golden, help="a golden set for its questions")
    options = parser.parse_args()
    [golden] = load([options.golden])
    questions = [each.question for each in golden.questions]
    before, started = memory(), time.perf_counter()
    with Archive(Settings(store=options.store, catalog_url=None, chroma_url=None, llm=None)) as archive:
        archive.load_models()
        archive.search(questions[0], K)
        opened, seconds = memory(), time.perf_counter() - started
        by_name = kinds(archive)
        searches = {name: latencies(archive, kind, questions) for name, kind in by_name.items()}
        after = memory()
        among = dict(_filtered(archive, by_name))
        result = {
            "paragraphs": archive.catalog.size().paragraphs,
            "windows": archive.indexes.vectors.count(),
            "open_seconds": round(seconds, 1),
            "memory_mb": {"start": before, "first search": opened, "all searches": after},
            "searches": {name: {"among": among[name], **found} for name, found in searches.items()},
            "recall_at_100": recalls(archive, by_name, questions),
        }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
