"""Speed of ingest, against plain sentence-transformers.

`python -m evals.bench.ingest FOLDER` takes the first cables of a folder (`--cables`). In turns (`--rounds`) it encodes
their windows with `SentenceTransformer.encode` in float32 with its defaults, indexes their texts as LangChain's
tutorial does, ingests the cables end to end without extras, and ingests them with `[fast]`. Start-up (loading models,
calibrating) is not counted. It prints one JSON line: tokens and paragraphs per second and the ratio to the first; by
the clock and by processor time, which other work on the machine does not change.
"""

import argparse
import json
import resource
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Literal
from uuid import uuid4

from evals.tutorial import tutorial_splitter
from ingest.parser import read
from ingest.pipeline import ingest
from ingest.sources.document import Rejection
from ingest.sources.paths import documents
from rag.archive import Archive
from rag.domain.cable import Cable
from rag.encoders.embedding import PACKAGED_MODEL, model_folder
from rag.encoders.tokenizer import load_tokenizer
from rag.index.window_entries import WindowEntries
from rag.settings import Settings

CABLES, ROUNDS = 40, 3
PLAIN = "SentenceTransformer.encode, float32"
TUTORIAL = "LangChain's tutorial: chunks of 1,000 characters, float32, Chroma in memory"


@dataclass(frozen=True, slots=True)
class StageTimes:
    """Seconds by the clock and of processor time."""

    clock: float
    processor: float


def measure(paths: Sequence[Path], rounds: int) -> dict[str, Any]:
    """The measurements in the module's docstring."""
    cables = _cables(paths)
    windows = [window.text for window in WindowEntries(model_folder(PACKAGED_MODEL)).of(cables)]
    paragraphs = sum(len(cable.paragraphs) for cable in cables)
    tokenizer = load_tokenizer(model_folder(PACKAGED_MODEL))
    tokens = sum(len(encoding.ids) for encoding in tokenizer.encode_batch(windows))
    with TemporaryDirectory(prefix="cables-bench-") as folder:
        calibrated = Path(folder, "calibrated")
        precision = {PLAIN: "float32", TUTORIAL: "float32", **_prepared(paths, calibrated)}
        encode, texts = _plain(windows), ["\n\n".join(each.text for each in cable.paragraphs) for cable in cables]
        ways: dict[str, Callable[[], StageTimes]] = {
            PLAIN: lambda: _timed(lambda: encode(windows)),
            TUTORIAL: lambda: _timed(lambda: _as_in_tutorial(texts, encode)),
        }
        for name, encoder in _WAYS.items():
            if name in precision:
                ways[name] = lambda encoder=encoder: _ingested(paths, encoder, calibrated)  # type: ignore[misc]
        times: dict[str, list[StageTimes]] = {name: [] for name in ways}
        for _ in range(rounds):
            for name, work in ways.items():
                times[name].append(work())
    return {
        "windows": len(windows),
        "paragraphs": paragraphs,
        "tokens": tokens,
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "ways": [_row(name, precision[name], times, tokens, paragraphs) for name in ways],
    }


_WAYS: dict[str, Literal["auto", "torch"]] = {"ingest, default": "torch", "ingest, [fast]": "auto"}


def _row(name: str, precision: str, times: dict[str, list[StageTimes]], tokens: int, paragraphs: int) -> dict[str, Any]:
    clock = median(turn.clock for turn in times[name])
    return {
        "way": name,
        "precision": precision,
        "tokens_per_second": round(tokens / clock),
        "paragraphs_per_second": round(paragraphs / clock, 1),
        # Ratios are taken per round, so that other work on the machine affects both alike.
        "ratio": round(median(a.clock / b.clock for a, b in zip(times[PLAIN], times[name], strict=True)), 2),
        "ratio_of_processor_time": round(
            median(a.processor / b.processor for a, b in zip(times[PLAIN], times[name], strict=True)), 2
        ),
    }


def _cables(paths: Sequence[Path]) -> list[Cable]:
    cables = {}
    for document in documents(paths):
        for cable in [] if isinstance(document, Rejection) else read(document):
            if not isinstance(cable, Rejection):
                cables[cable.id] = cable
    return list(cables.values())


def _prepared(paths: Sequence[Path], calibrated: Path) -> dict[str, str]:
    """The numeric precision of each way of ingesting; makes the fast encoder, and loads each model once."""
    precisions: dict[str, str] = {}
    for name, encoder in _WAYS.items():
        with _archive(encoder, None) as archive:
            ingest(archive, documents(paths[:12]))
            precision = archive.judge.load().precision
            if encoder == "auto" and precision not in precisions.values():
                shutil.copytree(archive.settings.store / "fast", calibrated)
            if precision not in precisions.values():
                precisions[name] = precision
    return precisions


def _plain(windows: list[str]) -> Callable[[list[str]], Any]:
    import torch
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(model_folder(PACKAGED_MODEL)), device="cpu", local_files_only=True)
    assert model.dtype == torch.float32  # noqa: S101 - or the comparison would mean nothing
    model.encode(windows[:32], show_progress_bar=False)
    return lambda texts: model.encode(texts, show_progress_bar=False)


def _as_in_tutorial(texts: Sequence[str], encode: Callable[[list[str]], Any]) -> None:
    """Cut, embed and store; parsing is not part of it."""
    import chromadb

    split = tutorial_splitter()
    chunks = [chunk for text in texts for chunk in split(text)]
    client = chromadb.EphemeralClient(chromadb.config.Settings(anonymized_telemetry=False))
    collection = client.create_collection(f"tutorial-{uuid4().hex}")
    collection.add([str(number) for number in range(len(chunks))], encode(chunks), documents=chunks)


def _ingested(paths: Sequence[Path], encoder: Literal["auto", "torch"], calibrated: Path) -> StageTimes:
    with _archive(encoder, calibrated if encoder == "auto" else None) as archive:
        archive.load_models()
        archive.embeddings.encode(["warm"])
        return _timed(lambda: ingest(archive, documents(paths)))


@contextmanager
def _archive(encoder: Literal["auto", "torch"], calibrated: Path | None) -> Iterator[Archive]:
    with TemporaryDirectory(prefix="cables-bench-") as folder:
        store = Path(folder)
        if calibrated:
            shutil.copytree(calibrated, store / "fast")
        settings = Settings(store=store, catalog_url=None, chroma_url=None, llm=None, encoder=encoder)
        with Archive(settings, create=True) as archive:
            yield archive


def _timed(work: Callable[[], object]) -> StageTimes:
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return StageTimes(time.perf_counter() - clock, time.process_time() - processor)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Speed of ingest against plain sentence-transformers.")
    parser.add_argument("folder", type=Path, help="folder of cables")
    parser.add_argument("--cables", type=int, default=CABLES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    paths = [file for file in sorted(options.folder.iterdir()) if file.is_file()][: options.cables]
    print(json.dumps(measure(paths, options.rounds)))


if __name__ == "__main__":
    main()
