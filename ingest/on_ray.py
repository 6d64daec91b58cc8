"""An ingest on a Ray cluster: parsing and encoding on its workers, everything else here.

What is decided, written and entered in the ledger is the same as without Ray, in the same order. A worker that dies is
replaced and what it had in hand done again; when this process ends early, the next ingest goes on where it stopped.
"""

import logging
import os
import socket
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ingest.document import Document, Rejection
from ingest.parser import read
from rag.cable import Cable
from rag.catalog import Catalog
from rag.errors import BadInput
from rag.sync import Sync

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rag.archive import Archive

PARAGRAPHS_BETWEEN_SYNCS = 8000
_CABLES_AT_ONCE = 800  # to be encoded; what is lost when this process is killed
_DOCUMENTS_AT_ONCE = 2000
_DOCUMENTS_A_TASK = 50
_TEXTS_A_TASK = 128
_SPARE_BYTES = 200_000_000  # of shared memory, on a cluster of this machine alone
_REACHED_SECONDS = 5.0

Row = dict[str, Any]


@contextmanager
def ray_cluster(address: str) -> Iterator[None]:
    """A connection to the cluster at `address`, or with `local` a cluster of this machine's cores; ends with the block.

    Raises:
        BadInput: Ray is not installed, or no cluster answers.
    """
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # nothing leaves the machine unasked
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")  # or Ray warns of what it will do one day
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise BadInput("--ray needs a package that is not installed: pip install 'cables[ray]'") from error
    own: dict[str, Any] = {"include_dashboard": False, "object_store_memory": _SPARE_BYTES}
    try:
        if address != "local":  # Ray itself would wait for a minute and more
            host, _, port = address.rpartition(":")
            socket.create_connection((host, int(port)), _REACHED_SECONDS).close()
        ray.init(address, log_to_driver=False, logging_level=logging.ERROR, **(own if address == "local" else {}))
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
    """An archive whose texts are encoded on the cluster."""

    def __init__(self, archive: "Archive") -> None:
        model = archive.embeddings.name if archive.adapted is None else str(archive.embeddings.folder)
        vectors = archive.indexes.vectors
        self.catalog: Catalog = archive.catalog
        self._sync = Sync(archive.catalog, vectors.entries, RayEncoder(model), archive.indexes, _CABLES_AT_ONCE)

    def sync(self) -> int:
        """Have both indexes hold what the catalog does; returns how many cables that took."""
        return self._sync.run()

    def numerics(self) -> None:
        """The workers encode, each as is fastest there."""


class RayEncoder:
    """The encoder, on every core of the cluster."""

    def __init__(self, model: str) -> None:
        """`model` is as in the settings; a folder must be there on every machine."""
        self._model = model

    def encode_documents(self, texts: list[str]) -> "NDArray[np.float32]":
        """Unit vectors, shape (len(texts), dimensions)."""
        import numpy as np

        by_length = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        rows = [{"place": place, "text": texts[place], "model": self._model} for place in by_length]
        found = {int(row["place"]): row["vector"] for row in _through(_encoded, rows, _TEXTS_A_TASK)}
        return np.array([found[place] for place in range(len(texts))], dtype=np.float32)


def parsed_on_ray(documents: Iterable[Document | Rejection]) -> Iterator[Cable | Rejection]:
    """As `ingest.parser.read` of each document, in the same order. Dumps are read here: they are one file."""
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

    rows = [{"place": place, "document": pickle.dumps(each)} for place, each in enumerate(documents)]
    for row in sorted(_through(_read, rows, _DOCUMENTS_A_TASK), key=lambda row: int(row["place"])):
        yield from pickle.loads(row["cables"])  # noqa: S301 - made by our own workers


def _through(stage: Any, rows: list[Row], at_once: int) -> Iterator[Row]:
    """The rows after a stage on the cluster, `at_once` a task, in any order."""
    import ray.data

    if not rows:
        return
    data = ray.data.from_items(rows, override_num_blocks=-(-len(rows) // at_once))
    yield from data.map_batches(stage, batch_size=None, num_cpus=1).iter_rows()


def _read(batch: Row) -> Row:
    """Parsing, on a worker: pickled documents to pickled lists of cables and rejections."""
    import pickle

    def cables(data: bytes) -> list[Cable | Rejection]:
        document = pickle.loads(data)  # noqa: S301 - made by the process that started this
        return [document] if isinstance(document, Rejection) else list(read(document))

    return {"place": batch["place"], "cables": [pickle.dumps(cables(each)) for each in batch["document"]]}


def _encoded(batch: Row) -> Row:
    """Encoding, on a worker, which keeps the model for the next task."""
    return {"place": batch["place"], "vector": _encoder(str(batch["model"][0])).encode_documents(list(batch["text"]))}


@lru_cache(maxsize=1)
def _encoder(model: str) -> Any:
    from rag.embedding import SentenceEmbeddings

    return SentenceEmbeddings(model)
