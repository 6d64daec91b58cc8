"""Time of a scan's first page with its totals, by kind of query.

`python -m evals.bench.scan STORE [--words FOLDER]` reads the catalog of a store and a word index, and prints one JSON
object: for each query the number of hits, p50 and p95 in milliseconds on the clock and of processor time, and the
seconds to read all hits of one query.
Nothing is written to the store. With `--words` the index is made in that folder first, if it is not there: that is how
a store is measured that another process owns, or one of an older index version.
"""

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from evals.bench.timing import percentiles_ms
from rag.catalog.catalog import Catalog, open_catalog
from rag.domain.access import OWNER, Clearance
from rag.domain.filters import Filters
from rag.domain.marking import Level
from rag.index.lexical import LexicalIndex
from rag.query.scan_reader import read_scan
from rag.retrieval.scanner import Scanner
from rag.settings import Settings

QUERIES = {
    "the commonest word": "the",
    "a common phrase": '"of the"',
    "a phrase": '"united states"',
    "a longer phrase": '"the government of"',
    "a rare word": "fisheries",
    "two words": "minister election",
    "either word": "minister OR president -election",
    "the beginning of a word": "demo*",
    "a beginning of two letters": "de*",
    "a beginning in a phrase": '"foreign min*"',
    "two words near": '"minister said"~5',
    "three words near": '"foreign minister said"~5',
}
REPEATS, PAGE, AT_ONCE = 7, 50, 1000
SECRET = Clearance(Level.S, noforn=True)


def words_of(catalog: Catalog, folder: Path) -> dict[str, float]:
    """Make a word index of the catalog in an empty folder; returns the seconds of processor time and the megabytes."""
    index, ids = LexicalIndex(folder), catalog.ids()
    spent = 0.0
    for start in range(0, len(ids), AT_ONCE):
        cables = list(catalog.cables(ids[start : start + AT_ONCE]))
        started = time.process_time()
        index.replace(cables)
        spent += time.process_time() - started
    size = sum(file.stat().st_size for file in folder.iterdir())
    return {"processor_seconds": round(spent, 1), "mb": round(size / 1e6, 1)}


def timed(work: Callable[[], Any]) -> dict[str, Any]:
    """p50 and p95 in milliseconds of the work on the clock and of processor time; it is done once before."""
    work()
    clock, processor = [], []
    for _ in range(REPEATS):
        started, computing = time.perf_counter(), time.process_time()
        work()
        clock.append(time.perf_counter() - started)
        processor.append(time.process_time() - computing)
    return {**percentiles_ms(clock), "processor": percentiles_ms(processor)}


def measured(catalog: Catalog, index: LexicalIndex) -> dict[str, Any]:
    """Hits and times of each query, for the owner and for a reader."""
    result: dict[str, Any] = {}
    for who, reader in (("owner", OWNER), ("SECRET NOFORN", SECRET)):
        scanner = Scanner(catalog.as_reader(reader), index.as_reader(reader))
        for name, text in QUERIES.items():
            query = read_scan(text)
            hits = scanner.page(query, Filters(), 1).totals.total
            times = timed(lambda scanner=scanner, query=query: scanner.page(query, Filters(), PAGE))  # type: ignore[misc]
            result[f"{name}, {who}"] = {"query": text, "hits": hits, **times}
    started = time.perf_counter()
    phrase = read_scan(QUERIES["a phrase"])
    read = sum(map(len, Scanner(catalog, index).batches(phrase, Filters())))
    return result | {"all hits of a phrase": {"hits": read, "seconds": round(time.perf_counter() - started, 2)}}


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Time of a scan.")
    parser.add_argument("store", type=Path)
    parser.add_argument("--words", type=Path, help="folder for a word index made of the catalog; one there is used")
    options = parser.parse_args()
    with open_catalog(Settings(store=options.store, catalog_url=None, chroma_url=None, llm=None)) as catalog:
        made = words_of(catalog, options.words) if options.words and not options.words.exists() else None
        index = LexicalIndex(options.words or options.store / "lexical")
        result = {"paragraphs": index.count(), "made": made, "scans": measured(catalog, index)}
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
