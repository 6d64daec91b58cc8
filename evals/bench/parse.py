"""Parsing speed, and peak memory.

`python -m evals.bench.parse FOLDER` replicates the WikiLeaks pages of a folder to 50,000 (`--count`), parses them on
one core and prints one JSON line: cables, seconds, cables per second of processor time, peak memory in MB after the
first tenth and at the end. `--dump` measures the same pages as rows of a CSV dump.
"""

import argparse
import csv
import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import cycle, islice
from pathlib import Path

from ingest.errors import NotACable
from ingest.formats.html_page import read_html
from ingest.formats.raw_telegram import RawTelegram
from ingest.parser import read
from ingest.sources.document import Document, Rejection
from rag.domain.cable import Cable

COUNT = 50_000
BAR = 400.0  # cables a second on one core


def replicated(folder: Path, count: int) -> Iterator[Document]:
    """The HTML pages of `folder`, repeated until there are `count`."""
    pages = [Document(file.name, file.read_bytes()) for file in sorted(folder.glob("*.html"))]
    if not pages:
        raise SystemExit(f"no HTML pages in {folder}")
    return islice(cycle(pages), count)


def as_dump(documents: Iterable[Document], target: Path) -> Document:
    """The same pages as one CSV dump at `target`."""
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, quoting=csv.QUOTE_ALL, escapechar="\\", doublequote=False)
        for number, document in enumerate(documents, 1):
            writer.writerows(_row(number, raw) for raw in read_html(document.data.decode("utf-8")))
    return Document(target.name, opener=lambda: target.open("rb"))


def _row(number: int, raw: RawTelegram | NotACable) -> list[str]:
    if isinstance(raw, NotACable):
        raise raw
    metadata = raw.metadata
    return [
        str(number),
        f"{metadata.created:%m/%d/%Y %H:%M}" if metadata.created else "1/1/1970 0:00",
        metadata.id or "",
        metadata.origin or "",
        metadata.classification or "",
        "",
        raw.header,
        raw.body,
    ]


def measure(results: Iterable[Cable | Rejection], count: int) -> dict[str, float | int]:
    """Parse everything; returns the figures in the module's docstring."""
    start, busy = time.perf_counter(), time.process_time()
    cables = rejected = 0
    early = 0.0
    for seen, result in enumerate(results, 1):
        cables += isinstance(result, Cable)
        rejected += isinstance(result, Rejection)
        if seen == max(count // 10, 1):
            early = _peak()
    # Processor time, which other work on the machine does not change.
    processor = time.process_time() - busy
    return {
        "cables": cables,
        "rejected": rejected,
        "seconds": round(time.perf_counter() - start, 1),
        "processor_seconds": round(processor, 1),
        "cables_per_second": round((cables + rejected) / processor, 1),
        "bar": BAR,
        "peak_mb_after_a_tenth": round(early, 1),
        "peak_mb": round(_peak(), 1),
    }


def _peak() -> float:
    scale = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Cables parsed a second, and peak memory.")
    parser.add_argument("folder", type=Path, help="folder of WikiLeaks pages")
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--dump", action="store_true", help="as rows of one CSV dump")
    options = parser.parse_args()
    documents = replicated(options.folder, options.count)
    if options.dump:
        with tempfile.TemporaryDirectory() as place:
            dump = as_dump(documents, Path(place, "cables.csv"))
            figures = measure(read(dump), options.count)
    else:
        figures = measure((result for document in documents for result in read(document)), options.count)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
