"""`make bench`: all measurements in one table.

`python -m evals.bench.report FOLDER` with a folder of WikiLeaks pages. The run at scale takes an hour, so its committed
figures are shown.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rich.console import Console

from evals.bench.machine import described
from evals.table import Table

_SCALE = Path(__file__).parent / "results" / "scale.json"


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="All measurements as one table.")
    parser.add_argument("folder", type=Path, help="folder of WikiLeaks pages")
    parser.add_argument("--markdown", action="store_true")
    options = parser.parse_args()
    folder = options.folder
    rows = [*_ingest(folder), *_startup(), *_query(folder), *_llm(), *_parse(folder), *_scale()]
    table = Table("What it takes", ("what", "figure", "ratio", "bar"), rows, described())
    if options.markdown:
        print(table.markdown())
    else:
        Console().print(table.rich())


def _ingest(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    bars = {"ingest, default": "2 on a bf16 CPU", "ingest, [fast]": "4"}
    for way in _measured("ingest", str(folder))[0]["ways"]:
        figure = f"{way['tokens_per_second']} tokens/s, {way['paragraphs_per_second']} paragraphs/s"
        ratios = f"{way['ratio']} ({way['ratio_of_processor_time']} of processor time)"
        yield way["way"], figure, ratios, bars.get(way["way"], "")


def _startup() -> Iterator[tuple[str, str, str, str]]:
    [result] = _measured("startup")
    plain = result["default"]
    yield "import api.app", f"{result['import_app_s']} s", "", "2.5 s"
    for name, bar in (("default", "12 s"), ("[fast]", "4 s")):
        if way := result.get(name):
            ratio = f"{plain['ask_cold_s'] / way['ask_cold_s']:.1f}"
            yield f"cables ask, cold, {name}", f"{way['ask_cold_s']} s", ratio, bar
            yield f"cables ask through a service, {name}", f"{way['ask_through_service_s']} s", "", "1.5 s"
            yield f"idle service, {name}", f"{way['idle_service_mb']} MB", "", ""


def _query(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    results = _measured("query", str(folder))
    for way in results:
        ratio = f"{results[0]['p50_ms'] / way['p50_ms']:.2f}"
        name = f"search, {way['retrieval']}, {way['paragraphs']:,} paragraphs"
        yield name, f"p50 {way['p50_ms']} ms, p95 {way['p95_ms']} ms", ratio, ""


def _llm() -> Iterator[tuple[str, str, str, str]]:
    [result] = _measured("llm")
    if reason := result.get("unavailable"):
        yield "language model, local", f"not measured: {reason}", "", ""
        return
    read, written = result["read_tokens_per_second"], result["written_tokens_per_second"]
    yield "language model, local", f"reads {read} tokens/s, writes {written} tokens/s", "", ""
    waits = f"p50 {result['seconds_p50']} s, first sentence {result['first_sentence_p50']} s"
    yield f"question to it, {result['questions']} over the sample", waits, "", ""


def _parse(folder: Path) -> Iterator[tuple[str, str, str, str]]:
    [result] = _measured("parse", str(folder), "--count", "5000")
    speed, bar = result["cables_per_second"], result["bar"]
    yield "parse", f"{speed} cables/s, peak {result['peak_mb']} MB", f"{speed / bar:.1f}", f"{bar:.0f}"


def _scale() -> Iterator[tuple[str, str, str, str]]:
    """The committed run; the figures are for its sizes, from the smallest to the largest."""
    result = json.loads(_SCALE.read_text(encoding="utf-8"))
    sizes = result["sizes"]
    yield "at scale: paragraphs", _joined(f"{size['paragraphs']:,}" for size in sizes), "", ""
    minutes = (f"{size['build_seconds']['on the clock'] / 60:.0f}" for size in sizes)
    yield "at scale: index built in", _joined(minutes) + " min", "", "60 min"
    yield "at scale: disk", _joined(f"{sum(size['disk_mb'].values()):,}" for size in sizes) + " MB", "", ""
    memory = [size["memory_mb"]["all searches"] for size in sizes]
    for name, of in (("own", "memory"), ("files", "memory of files, which the system may drop")):
        yield f"at scale: {of}", _joined(f"{size[name]:,}" for size in memory) + " MB", "", ""
    for kind, exponent in result["growth_exponent"].items():
        slowest = _joined(f"{size['searches'][kind]['p95_ms']:.0f}" for size in sizes)
        bar = "" if kind == "everything" else "200 ms"
        yield f"at scale: search, {kind}", f"p95 {slowest} ms", f"n^{exponent}", bar
    recall = _joined(f"{size['recall_at_100']['everything']['mean']:.3f}" for size in sizes)
    yield "at scale: recall of the approximate index at 100", recall, "", ""


def _joined(figures: Iterable[str]) -> str:
    return " / ".join(figures)


def _measured(name: str, *arguments: str) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", f"evals.bench.{name}", *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    return [json.loads(line) for line in done.stdout.splitlines()]


if __name__ == "__main__":
    main()
