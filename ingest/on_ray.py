"""Ingest on a Ray cluster: its workers parse and encode, this process does everything else.

The results are the same as without Ray, in the same order. The task of a worker that dies is done again. If this
process ends early, the next ingest continues where it stopped.
"""

import logging
import os
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ingest.parser import read
from ingest.sources.document import Document, Rejection
from rag.catalog.catalog import Catalog
from rag.domain.cable import Cable
from rag.encoders.embedding_client import provider_of
from rag.errors import BadInput
from rag.index.indexer import Indexer

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rag.archive import Archive

INDEX_EVERY = 8000  # paragraphs
_CABLES_AT_ONCE = 800  # encoded together; lost if this process is killed
_DOCUMENTS_AT_ONCE = 2000
_DOCUMENTS_A_TASK = 50
_TEXTS_A_TASK = 128
_SHARED_MEMORY_BYTES = 200_000_000  # of shared memory, for a cluster on this machine
_CONNECT_SECONDS = 5.0

Row = dict[str, Any]


@contextmanager
def ray_cluster(address: str) -> Iterator[None]:
    """A connection to the cluster at `address`, or to a new one on this machine for `local`, within the block.

    Raises:
        BadInput: Ray is not installed, or no cluster answers.
    """
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # no telemetry
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")  # silences a deprecation warning
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise BadInput("--ray needs a package that is not installed: pip install 'cables[ray]'") from error
    local: dict[str, Any] = {"include_dashboard": False, "object_store_memory": _SHARED_MEMORY_BYTES}
    try:
        if address != "local":  # Ray itself waits over a minute
            host, _, port = address.rpartition(":")
            socket.create_connection((host, int(port)), _CONNECT_SECONDS).close()
        ray.init(address, log_to_driver=False, logging_level=logging.ERROR, **(local if address == "local" else {}))
    except (OSError, ValueError, RuntimeError) as error:
        first = (str(error) or type(error).__name__).splitlines()[0]
        raise BadInput(f"no Ray cluster answers at {address!r}: {first}; give its HOST:PORT, or `local`") from error
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.execution_options.preserve_order = True
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    try:
        yield
    finally:
        ray.shutdown()


class RayStore:
    """An archive whose texts are encoded on the cluster, or by the embedding server of the settings."""

    def __init__(self, archive: "Archive") -> None:
        if archive.settings.embedding_dimensions is not None:
            raise BadInput("CABLES_EMBEDDING_DIMENSIONS cannot be used with --ray; leave one of them out")
        model = archive.embeddings.name if archive.adapted is None else str(archive.embeddings.folder)
        encoder = archive.embeddings if provider_of(model) else RayEncoder(model)
        vectors = archive.indexes.vectors
        self.catalog: Catalog = archive.catalog
        self.outgoing = archive.outgoing
        self._indexer = Indexer(archive.catalog, vectors.entries, encoder, archive.indexes, _CABLES_AT_ONCE)

    def index_pending(self, progress: Callable[[int], None] = lambda further: None) -> int:
        """Bring both indexes up to the catalog; returns the number of cables indexed or removed."""
        return self._indexer.run(progress)

    def precision(self) -> None:
        """None: the workers encode, each in the way that is fastest there."""


class RayEncoder:
    """An encoder that runs on every core of the cluster."""

    def __init__(self, model: str) -> None:
        """`model` is as in the settings; a folder must exist on every machine."""
        self._model = model

    def encode_documents(self, texts: list[str]) -> "NDArray[np.float32]":
        """Unit vectors, shape (len(texts), dimensions)."""
        import numpy as np

        by_length = sorted(range(len(texts)), key=lambda position: len(texts[position]))
        rows = [{"position": position, "text": texts[position], "model": self._model} for position in by_length]
        vectors = {int(row["position"]): row["vector"] for row in _mapped(_encoded, rows, _TEXTS_A_TASK)}
        return np.array([vectors[position] for position in range(len(texts))], dtype=np.float32)


def parsed_on_ray(documents: Iterable[Document | Rejection]) -> Iterator[Cable | Rejection]:
    """The results of `ingest.parser.read` for each document in order. A dump is one file, so it is read here."""
    waiting: list[Document | Rejection] = []
    for document in documents:
        if isinstance(document, Document) and document.opener is not None:
            yield from _parsed(waiting)
            waiting = []
            yield from read(document)
            continue
        waiting.append(document)
        if len(waiting) >= _DOCUMENTS_AT_ONCE:
            yield from _parsed(waiting)
            waiting = []
    yield from _parsed(waiting)


def _parsed(documents: list[Document | Rejection]) -> Iterator[Cable | Rejection]:
    import pickle

    rows = [{"position": place, "document": pickle.dumps(document)} for place, document in enumerate(documents)]
    for row in sorted(_mapped(_read, rows, _DOCUMENTS_A_TASK), key=lambda row: int(row["position"])):
        yield from pickle.loads(row["cables"])  # noqa: S301 - pickled by our own workers


def _mapped(stage: Any, rows: list[Row], batch_size: int) -> Iterator[Row]:
    """The rows after `stage` has run on the cluster, `batch_size` to a task, in any order."""
    import ray.data

    if not rows:
        return
    data = ray.data.from_items(rows, override_num_blocks=-(-len(rows) // batch_size))
    yield from data.map_batches(stage, batch_size=None, num_cpus=1).iter_rows()


def _read(batch: Row) -> Row:
    """Parsing on a worker: pickled documents to pickled lists of cables and rejections."""
    import pickle

    def cables(data: bytes) -> list[Cable | Rejection]:
        document = pickle.loads(data)  # noqa: S301 - pickled by the driver
        return [document] if isinstance(document, Rejection) else list(read(document))

    return {"position": batch["position"], "cables": [pickle.dumps(cables(data)) for data in batch["document"]]}


def _encoded(batch: Row) -> Row:
    """Encoding on a worker, which keeps the model for the next task."""
    return {
        "position": batch["position"],
        "vector": _encoder(str(batch["model"][0])).encode_documents(list(batch["text"])),
    }


@lru_cache(maxsize=1)
def _encoder(model: str) -> Any:
    from rag.encoders.embedding import SentenceEmbeddings

    return SentenceEmbeddings(model)
