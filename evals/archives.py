"""Archives made for one evaluation and thrown away after it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import ingest
from ingest.pipeline import ingest as ingest_documents
from ingest.sources import documents
from rag.archive import Archive
from rag.errors import CablesError
from rag.settings import Settings

_ROOT = Path(__file__).parents[1]
_SHARED_CABLES = _ROOT.parent / "shared" / "cables"
_GOLDEN = Path(__file__).with_name("golden")


@dataclass(frozen=True, slots=True)
class Bench:
    """A golden set with the folder of the cables it is asked over."""

    name: str
    cables: Path

    @property
    def golden(self) -> Path:
        """The golden file."""
        return _GOLDEN / f"{self.name}.jsonl"

    @property
    def present(self) -> bool:
        """Whether the cables are at hand; those not bundled stand beside the project."""
        return self.cables.is_dir()


BENCHES = (
    Bench("sample", Path(ingest.__file__).with_name("sample")),
    Bench("tokyo", _SHARED_CABLES / "tokyo"),
    Bench("wikileaks", _SHARED_CABLES / "wikileaks-html"),
)


@contextmanager
def temporary_archive(cables: Path, encoder: Literal["auto", "torch"] = "auto") -> Iterator[Archive]:
    """An archive of everything under `cables`, in a folder that is gone afterwards.

    Whatever the environment says about stores and models, figures are of the packaged model and of extractive
    answers, or a gate would measure its environment.

    Raises:
        CablesError: nothing under `cables` could be ingested.
    """
    with TemporaryDirectory(prefix="cables-eval-") as folder:
        settings = Settings(
            store=Path(folder),
            catalog_url=None,
            chroma_url=None,
            embedding_model=Settings.model_fields["embedding_model"].default,
            encoder=encoder,
            llm=None,
        )
        with Archive(settings, create=True) as archive:
            report = ingest_documents(archive, documents([cables]))
            if not report.count("added"):
                raise CablesError(f"no cable could be read from {cables}; name a folder of cables")
            yield archive
