"""Benchmarks, and temporary archives of their cables."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import ingest
from ingest.pipeline import ingest as ingest_documents
from ingest.sources.paths import documents
from rag.archive import Archive
from rag.errors import CablesError
from rag.settings import Settings

_ROOT = Path(__file__).parents[1]
_SHARED_CABLES = _ROOT.parent / "shared" / "cables"
_GOLDEN = Path(__file__).with_name("golden")


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A golden set, and the folders and packed folders of the cables its questions are about.

    For a few cables `encoder` is `torch`: to make a fast one would take longer than it saves. `also` names other
    golden sets that are asked of the same cables.
    """

    name: str
    cables: tuple[Path, ...]
    encoder: Literal["auto", "torch"] = "auto"
    also: tuple[str, ...] = ()

    @property
    def golden(self) -> Path:
        """Its own golden file."""
        return self.goldens[0]

    @property
    def goldens(self) -> list[Path]:
        """All golden files asked, its own first."""
        return [_GOLDEN / f"{name}.jsonl" for name in (self.name, *self.also)]

    @property
    def missing(self) -> Path | None:
        """The first of the cables that is not there; those that are not bundled are beside the project."""
        return next((path for path in self.cables if not path.exists()), None)


SAMPLE = Benchmark("sample", (Path(ingest.__file__).with_name("sample"),), "torch")
TOKYO = Benchmark("tokyo", (_SHARED_CABLES / "tokyo",), "torch")
WIKILEAKS = Benchmark("wikileaks", (_SHARED_CABLES / "wikileaks-html",))
MORE = Benchmark("more", (*WIKILEAKS.cables, _SHARED_CABLES / "more-html.tar.xz"), also=("wikileaks",))
"""Questions about the packed 600 pages and about the 310, in an archive of both."""

BENCHMARKS = (SAMPLE, TOKYO, WIKILEAKS, MORE)
GATED = (SAMPLE, TOKYO, WIKILEAKS)
"""Those that CI has the time for."""


@contextmanager
def temporary_archive(cables: Sequence[Path], encoder: Literal["auto", "torch"] = "auto") -> Iterator[Archive]:
    """An archive of everything in `cables`, in a folder that is deleted afterwards.

    It uses the packaged embedding model, no reranker and extractive answers whatever the environment sets, so that
    gates measure the code and not its environment.

    Raises:
        CablesError: nothing in `cables` could be ingested.
    """
    with TemporaryDirectory(prefix="cables-eval-") as folder:
        settings = Settings(
            store=Path(folder),
            catalog_url=None,
            chroma_url=None,
            embedding_model=Settings.model_fields["embedding_model"].default,
            encoder=encoder,
            reranker=None,
            vector_memory_mb=2_000,  # of a few thousand paragraphs each is then encoded once for all questions
            llm=None,
        )
        with Archive(settings, create=True) as archive:
            report = ingest_documents(archive, documents(cables))
            if not report.count("added"):
                raise CablesError(f"no cable could be read from {', '.join(map(str, cables))}; name a folder of cables")
            yield archive


@contextmanager
def benchmark_archive(benchmark: Benchmark, store: Path | None, llm: str | None = None) -> Iterator[Archive]:
    """The archive of a store at hand, or of the benchmark's cables, ingested anew; `llm` as in CABLES_LLM."""
    if store is not None:
        with Archive(Settings(store=store, llm=llm), wait=10.0) as archive:
            yield archive
        return
    with temporary_archive(benchmark.cables, benchmark.encoder) as archive:
        if llm is None:
            yield archive
            return
        archive.close()
        with Archive(archive.settings.model_copy(update={"llm": llm})) as asked:
            yield asked
