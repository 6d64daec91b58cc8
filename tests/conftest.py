"""What all tests share: the real archives beside the checkout, and one store of the sample for the whole run."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["ANONYMIZED_TELEMETRY"] = "False"
for name in [name for name in os.environ if name.startswith("CABLES_")]:
    del os.environ[name]  # tests say themselves what they set
os.environ["CABLES_ENCODER"] = "torch"  # making an archive's fast encoder takes a while: its tests ask for one

from ingest.pipeline import ingest  # noqa: E402 - the environment comes first
from ingest.sources import documents  # noqa: E402
from rag.archive import Archive  # noqa: E402
from rag.settings import Settings  # noqa: E402

SHARED = Path(__file__).resolve().parents[2] / "shared"
SAMPLE = Path(__file__).resolve().parents[1] / "ingest" / "sample"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real cables; its tests skip where it is absent, but never under CI=true."""
    if not SHARED.is_dir() and os.environ.get("CI") != "true":
        pytest.skip("../shared is not here: real cables cannot be read")
    return SHARED


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the bundled sample; tests read it and leave it as it is."""
    return _filled(tmp_path_factory.mktemp("sample"), SAMPLE)


@pytest.fixture(scope="session")
def tokyo_store(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Path:
    """A store of the five Tokyo cables."""
    return _filled(tmp_path_factory.mktemp("tokyo"), shared / "cables" / "tokyo")


@pytest.fixture(scope="module")
def sample(sample_store: Path) -> Iterator[Archive]:
    """The sample archive, open."""
    with Archive(Settings(store=sample_store), wait=10) as archive:
        yield archive


@pytest.fixture(scope="module")
def tokyo(tokyo_store: Path) -> Iterator[Archive]:
    """The Tokyo archive, open."""
    with Archive(Settings(store=tokyo_store), wait=10) as archive:
        yield archive


def _filled(store: Path, source: Path) -> Path:
    with Archive(Settings(store=store), create=True) as archive:
        ingest(archive, documents([str(source)]))
    return store
