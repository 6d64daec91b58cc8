"""A store's folder: private, of any name, readable where it cannot be written, and whole after a full disk."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from api.http.settings import HttpSettings
from ingest.pipeline import ingest
from ingest.sources.paths import documents
from rag.archive import Archive
from rag.catalog.catalog import open_catalog
from rag.errors import CablesError, StoreMismatch
from rag.query.query import Query
from rag.settings import Settings
from tests.api.clients import client_of
from tests.conftest import SAMPLE

CABLES = [str(SAMPLE / "08OSTERMERE71.txt"), str(SAMPLE / "07QUILLHAVEN2340.txt")]
QUESTION = "Whose idea was it to switch the Gannet Rock light back on?"
DISK_KB = 16_384


@contextmanager
def mounted(*options: str, at: Path) -> Iterator[Path]:
    """A file system of these options for `mount`; skips the test where none may be mounted."""
    at.mkdir(exist_ok=True)
    if subprocess.run(["mount", *options, str(at)], check=False, capture_output=True).returncode:
        pytest.skip("this user may not mount file systems")
    try:
        yield at
    finally:
        subprocess.run(["umount", "--lazy", str(at)], check=True)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of two cables in a folder whose name means something in addresses."""
    umask = os.umask(0o022)
    try:
        store = tmp_path_factory.mktemp("folder") / "a b?c%20d#e&f=é" / "store"
        with Archive(Settings(store=store), create=True) as archive:
            assert [outcome.outcome for outcome in ingest(archive, documents(CABLES)).outcomes] == ["added", "added"]
    finally:
        os.umask(umask)
    return store


@pytest.fixture
def read_only(store: Path, tmp_path: Path) -> Iterator[Path]:
    """The store on a file system that cannot be written."""
    with mounted("--bind", str(store), at=tmp_path / "seen") as seen:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(seen)], check=True)
        yield seen


def test_all_of_a_store_is_in_its_folder_and_for_its_owner_alone(store: Path) -> None:
    modes = {path: path.stat().st_mode & 0o777 for path in (store, *store.rglob("*"))}
    assert {mode for path, mode in modes.items() if path.is_dir()} == {0o700}
    assert {mode for path, mode in modes.items() if path.is_file()} == {0o600}
    assert (store / "catalog.sqlite3").is_file() and [path.name for path in store.parent.parent.iterdir()] == [
        store.parent.name
    ]


def test_a_store_of_any_name_answers(store: Path) -> None:
    with Archive(Settings(store=store)) as archive:
        assert "07QUILLHAVEN2340#5" in {citation.key for citation in archive.chain.invoke(Query(QUESTION)).quotes}


def test_a_store_that_cannot_be_written_is_read(read_only: Path) -> None:
    settings = Settings(store=read_only)
    with open_catalog(settings) as catalog:
        assert catalog.size().cables == 2
    with Archive(settings) as archive:
        assert archive.search(QUESTION, 3)[0].key == "07QUILLHAVEN2340#5"
    with client_of(settings, HttpSettings()) as client:
        assert client.post("/chat", json={"messages": [{"role": "user", "content": QUESTION}]}).json()["citations"]
        assert client.get("/cables/07QUILLHAVEN2340").status_code == 200


def test_nothing_is_ingested_where_nothing_can_be_written(read_only: Path) -> None:
    with pytest.raises(CablesError, match="cannot be written"):
        Archive(Settings(store=read_only), create=True)


def test_a_store_that_was_not_closed_and_cannot_be_written_says_what_to_do(store: Path, tmp_path: Path) -> None:
    log = store / "catalog.sqlite3-wal"
    log.write_bytes(b"unfinished")
    try:
        with mounted("--bind", str(store), at=tmp_path / "seen") as seen:
            subprocess.run(["mount", "-o", "remount,ro,bind", str(seen)], check=True)
            with pytest.raises(CablesError, match="open the store once where it can be written"):
                open_catalog(Settings(store=seen))
    finally:
        log.unlink()


def test_an_older_store_that_cannot_be_written_names_the_command(tmp_path: Path) -> None:
    store = tmp_path / "store"
    with Archive(Settings(store=store), create=True) as archive:
        archive.catalog.set_manifest({"schema": "3"})
    with mounted("--bind", str(store), at=tmp_path / "seen") as seen:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(seen)], check=True)
        with pytest.raises(StoreMismatch, match="bring it up with `cables upgrade`"):
            open_catalog(Settings(store=seen))


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_output_of_any_encoding_can_be_read_back(store: Path, encoding: str) -> None:
    cables = str(Path(sys.executable).with_name("cables"))
    shown = subprocess.run(
        [cables, "show", "QUILLHAVEN 2340 ¶5", "--json", "--store", str(store)],
        env=os.environ | {"PYTHONIOENCODING": encoding},
        capture_output=True,
        check=True,
    )
    assert json.loads(shown.stdout.decode(encoding))["citation"] == "QUILLHAVEN 2340 ¶5"


@pytest.mark.parametrize("free_kb", [0, 40, 200, 400, 600, 800])
def test_a_disk_that_is_full_at_any_point_loses_nothing(free_kb: int, tmp_path: Path) -> None:
    with mounted("-t", "tmpfs", "-o", f"size={DISK_KB}k", "tmpfs", at=tmp_path / "disk") as disk:
        settings, ballast = Settings(store=disk / "store"), disk / "ballast"
        ballast.write_bytes(bytes(1024 * (DISK_KB - free_kb - 4)))
        with pytest.raises(CablesError, match="check the disk"), Archive(settings, create=True) as archive:
            ingest(archive, documents(CABLES))
        ballast.unlink()
        with Archive(settings, create=True) as archive:
            assert {outcome.outcome for outcome in ingest(archive, documents(CABLES)).outcomes} <= {
                "added",
                "unchanged",
            }
            assert archive.audit().agrees and archive.catalog.size().cables == 2
