"""An ingest on a Ray cluster of two workers, one of which is killed, gives the same store as one without Ray."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ingest.pipeline import Report, ingest
from ingest.sources.document import Document, Rejection
from ingest.sources.paths import documents
from rag.archive import Archive
from rag.settings import Settings
from tests.conftest import SAMPLE

ray = pytest.importorskip("ray", reason="Ray is not installed: pip install 'cables[ray]'")

CABLES = str(Path(sys.executable).with_name("cables"))
WORKERS = 2
_TIMEOUT_SECONDS = 120.0


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of a cluster on this machine."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    memory = {"object_store_memory": 100_000_000}
    context = ray.init("local", num_cpus=WORKERS, include_dashboard=False, log_to_driver=False, **memory)
    yield context.address_info["address"]
    ray.shutdown()


def inputs() -> Iterator[Document | Rejection]:
    """The sample, a copy of one of its cables, and inputs that are no cables."""
    yield from documents([SAMPLE])
    first = next(iter(documents([SAMPLE])))
    assert isinstance(first, Document)
    yield Document("again.txt", first.data)
    yield Document("shopping.txt", b"bread, milk, eggs\n")
    yield from documents([SAMPLE / "nowhere.txt"])


def contents(archive: Archive) -> dict[str, Any]:
    """Everything in an archive but its vectors."""
    ids = archive.catalog.ids()
    return {
        "cables": [archive.catalog.cable(each) for each in ids],
        "ledger": [archive.catalog.ledger_entries(each) for each in ids],
        "windows": sorted((window.id, window.digest) for window, _ in archive.indexes.vectors.stored(ids)),
        "words": archive.indexes.lexical.keys(),
        "flat": archive.indexes.vectors.flat.ids(),
    }


def workers(stage: str) -> list[int]:
    """The worker processes that run a stage, found by their titles."""
    processes = []
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            title = place.read_bytes()
        except OSError:  # gone meanwhile
            continue
        if title.startswith(b"ray::") and stage.encode() in title:
            processes.append(int(place.parent.name))
    return processes


@pytest.mark.timeout(600)
def test_an_ingest_on_ray_is_the_same_even_if_a_worker_dies(tmp_path: Path, cluster: str) -> None:
    from ingest.on_ray import RayStore, parsed_on_ray

    with Archive(Settings(store=tmp_path / "plain"), create=True) as plain:
        alone = ingest(plain, inputs())
        killed: list[int] = []
        with Archive(Settings(store=tmp_path / "ray"), create=True) as archive:
            killer = threading.Thread(target=kill_one, args=(killed,))
            killer.start()
            spread: Report = ingest(RayStore(archive), inputs(), parse=parsed_on_ray, index_every=8000)
            killer.join()
            assert killed, "no worker was at work long enough to be killed"
            assert spread.outcomes == alone.outcomes
            assert contents(archive) == contents(plain)
            for (one, vector), (other, near) in zip(*(by_id(each) for each in (plain, archive)), strict=True):
                assert one == other and float(np.dot(vector, near)) > 0.99
            assert archive.audit().agrees


def by_id(archive: Archive) -> list[tuple[str, Any]]:
    return sorted(
        ((window.id, vector) for window, vector in archive.indexes.vectors.stored(archive.catalog.ids())),
        key=lambda entry: entry[0],
    )


def kill_one(killed: list[int]) -> None:
    """Kill the first worker that encodes."""
    deadline = time.monotonic() + _TIMEOUT_SECONDS
    while time.monotonic() < deadline:
        for process in workers("_encoded"):
            os.kill(process, signal.SIGKILL)
            killed.append(process)
            return
        time.sleep(0.02)


@pytest.mark.parametrize("address", ("127.0.0.1:1", "not an address"))
def test_an_unreachable_cluster_is_reported_in_one_line(address: str, tmp_path: Path) -> None:
    words = [CABLES, "ingest", "--ray", address, str(SAMPLE), "--store", str(tmp_path)]
    completed = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    assert completed.returncode == 2 and completed.stderr.count("\n") == 1
    assert "no Ray cluster answers" in completed.stderr and "HOST:PORT" in completed.stderr
