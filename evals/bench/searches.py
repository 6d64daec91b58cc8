"""Latency and recall of the searches of one store, with and without filters.

`python -m evals.bench.searches STORE` opens a store as a service does and prints one JSON object: seconds to open,
memory, p50 and p95 of each kind of search in milliseconds (the whole of `Retriever.search` without reranking, and its
steps), and recall of the hundred nearest paragraphs against an exact search.
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

from evals.archives import WIKILEAKS
from evals.bench.timing import TimedCalls, percentiles_ms
from evals.golden import load
from rag.archive import Archive
from rag.catalog.tables import cable_tags, cables
from rag.domain.access import OWNER, Clearance
from rag.domain.filters import Filters
from rag.domain.marking import Level
from rag.encoders.encoder import SearchEmbeddings
from rag.index.flat_vectors import FlatVectors
from rag.index.vectors import collection_of
from rag.query.question_parts import question_parts
from rag.retrieval.late_interaction import LateInteraction
from rag.retrieval.retrieval import Retriever
from rag.retrieval.weights import RetrievalWeights
from rag.settings import Settings

K = 20
DEPTH = 100
RECALL_QUESTIONS = 30  # questions for which an exact search is made
UNCLASSIFIED = Clearance(Level.U)
SECRET = Clearance(Level.S, noforn=True)
MONTH = Filters(date_from=date(2007, 5, 1), date_to=date(2007, 5, 31))

Kind = tuple[Clearance, Filters]


def kinds(archive: Archive) -> dict[str, Kind]:
    """The kinds of search, by name. The post and the first TAG are the busiest, the second TAG is a rare one."""
    with archive.catalog.begin() as connection:
        by_post = select(cables.c.post).group_by(cables.c.post).order_by(func.count().desc(), cables.c.post)
        # The originals of a grown archive are from a few posts, so a post of the copies is taken.
        post = next(post for post in connection.scalars(by_post) if post.startswith("REPLICA"))
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
    """p50 and p95 in milliseconds, of the whole search and of each step."""
    reader, filters = kind
    spent: dict[str, float] = defaultdict(float)
    view = archive.as_reader(reader)
    vectors = archive.indexes.vectors.as_reader(reader)

    def timed(name: str, collaborator: object) -> Any:
        return TimedCalls(collaborator, name, spent)

    retriever = Retriever(
        timed("catalog", view.catalog),
        timed("vectors", vectors),
        timed("words", view.lexical),
        timed("question", _CachedQuestions(archive.embeddings, questions)),
        LateInteraction(archive.judge, view.lexical.word_idf),
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
        **percentiles_ms(times),
        "processor": percentiles_ms(computed),
        "steps": {step: percentiles_ms(seconds) for step, seconds in steps.items()},
    }


class _CachedQuestions:
    """Vectors of questions encoded beforehand, because encoding does not depend on the size of the archive."""

    def __init__(self, embeddings: SearchEmbeddings, questions: Sequence[str]) -> None:
        texts = [text for question in questions for text in (question, *question_parts(question))]
        self._vectors = {text: embeddings.embed_query(text) for text in texts}

    def embed_query(self, text: str) -> list[float]:
        """The vector of one of the questions."""
        return self._vectors[text]


def recalls(archive: Archive, by_name: dict[str, Kind], questions: Sequence[str]) -> dict[str, dict[str, float]]:
    """Mean and least share of the `DEPTH` nearest paragraphs that the index finds."""
    folder = archive.settings.flat_folder / collection_of(archive.adapted)
    exact = FlatVectors(folder, compared=1_000_000_000)
    vectors_of_questions = [archive.embeddings.embed_query(question) for question in questions[:RECALL_QUESTIONS]]
    recall: dict[str, dict[str, float]] = {}
    for name, (reader, filters) in by_name.items():
        vectors = archive.indexes.vectors.as_reader(reader)
        shares = []
        for vector in vectors_of_questions:
            truth = {key for key, _ in exact.search(vector, DEPTH, filters, reader.classes)}
            hits = {hit.key for hit in vectors.search(vector, DEPTH, filters)}
            shares.append(len(truth & hits) / max(len(truth), 1))
        recall[name] = {"mean": round(float(np.mean(shares)), 4), "least": round(min(shares), 4)}
    return recall


def memory() -> dict[str, int]:
    """Resident megabytes of this process: anonymous memory, and pages of files that the system may evict."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    values = dict(line.split(":", 1) for line in lines)
    return {name: int(values[field].split()[0]) // 1000 for name, field in (("own", "RssAnon"), ("files", "RssFile"))}


def _filtered_windows(archive: Archive, by_name: dict[str, Kind]) -> Iterator[tuple[str, int]]:
    """The number of windows that each kind of search may return."""
    fields = [segment.fields for segment in archive.indexes.vectors.flat.segments()]
    for name, (reader, filters) in by_name.items():
        yield name, sum(int(field.mask(filters, reader.classes).sum()) for field in fields)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Latency and recall of the searches of a store.")
    parser.add_argument("store", type=Path)
    parser.add_argument("--golden", type=Path, default=WIKILEAKS.golden, help="a golden set for its questions")
    options = parser.parse_args()
    [golden] = load([options.golden])
    questions = [golden_question.question for golden_question in golden.questions]
    before, started = memory(), time.perf_counter()
    with Archive(Settings(store=options.store, catalog_url=None, chroma_url=None, llm=None)) as archive:
        archive.load_models()
        archive.search(questions[0], K)
        opened, seconds = memory(), time.perf_counter() - started
        by_name = kinds(archive)
        searches = {name: latencies(archive, kind, questions) for name, kind in by_name.items()}
        after = memory()
        among = dict(_filtered_windows(archive, by_name))
        result = {
            "paragraphs": archive.catalog.size().paragraphs,
            "windows": archive.indexes.vectors.count(),
            "open_seconds": round(seconds, 1),
            "memory_mb": {"start": before, "first search": opened, "all searches": after},
            "searches": {name: {"among": among[name], **latency} for name, latency in searches.items()},
            "recall_at_100": recalls(archive, by_name, questions),
        }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
