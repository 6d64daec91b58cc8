"""Shared fixtures: the real cables beside the checkout, and one store of the sample for the whole run."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock

from ingest.pipeline import ingest
from ingest.sources.paths import documents
from rag.archive import Archive
from rag.encoders.embedding import SentenceEmbeddings
from rag.query.phrasing import PhrasingReader
from rag.settings import Settings
from tests import known_vectors

SHARED = Path(__file__).resolve().parents[2] / "shared"
SAMPLE = Path(__file__).resolve().parents[1] / "ingest" / "sample"

_environment = pytest.MonkeyPatch()


def pytest_configure(config: pytest.Config) -> None:
    """Settings of the developer's shell do not apply to tests; they are restored afterwards."""
    for name in [name for name in os.environ if name.startswith("CABLES_")]:
        _environment.delenv(name)
    _environment.setenv("HF_HUB_OFFLINE", "1")
    _environment.setenv("ANONYMIZED_TELEMETRY", "False")
    _environment.setenv("CABLES_ENCODER", "torch")  # making a fast encoder takes long; tests of it ask for one
    if known_vectors.FILE not in os.environ:  # else the first process of the run has made one
        folder = tempfile.TemporaryDirectory(prefix="cables-tests-")
        _environment.setenv(known_vectors.FILE, f"{folder.name}/vectors.sqlite3")
        config.add_cleanup(folder.cleanup)
    known_vectors.use_known_vectors()


def pytest_unconfigure() -> None:
    """Restore the environment."""
    _environment.undo()


@pytest.fixture(scope="module")
def computing() -> Iterator[None]:
    """The model computes every vector, where a test is about what it computes."""
    known_vectors.use_the_model()
    yield
    known_vectors.use_known_vectors()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real cables. Tests that need it are skipped if it is absent, except with CI=true."""
    if not SHARED.is_dir() and os.environ.get("CI") != "true":
        pytest.skip("../shared is not here: real cables cannot be read")
    return SHARED


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the bundled sample, which tests must not change."""
    return _filled(tmp_path_factory, "sample", SAMPLE)


@pytest.fixture(scope="session")
def tokyo_store(tmp_path_factory: pytest.TempPathFactory, shared: Path) -> Path:
    """A store of the five Tokyo cables."""
    return _filled(tmp_path_factory, "tokyo", shared / "cables" / "tokyo")


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


@pytest.fixture(scope="session")
def phrasings() -> PhrasingReader:
    """Reads phrasings with the packaged encoder."""
    return PhrasingReader(SentenceEmbeddings())


def _filled(tmp_path_factory: pytest.TempPathFactory, name: str, source: Path) -> Path:
    """A store of these cables for this worker alone: the first worker fills one, of which each has a copy."""
    base = tmp_path_factory.getbasetemp()
    root = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with FileLock(root / f"{name}.lock"):
        if not (filled := root / f"{name}-filled").is_dir():
            making = root / f"{name}-making"
            with Archive(Settings(store=making), create=True) as archive:
                ingest(archive, documents([str(source)]))
            making.rename(filled)
    return Path(shutil.copytree(filled, tmp_path_factory.mktemp(name) / "store"))


@pytest.fixture
def anyio_backend() -> str:
    """Tests marked `anyio` run on asyncio only, as the service does."""
    return "asyncio"
