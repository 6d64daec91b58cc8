"""`cables scan` and `cables coverage`, on a store and through a running service."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from typer.testing import CliRunner, Result

from api.app import create_app
from api.cli.main import app
from rag.archive import Archive
from rag.errors import BadInput, CablesError, NotFound
from rag.settings import Settings
from tests.api.small_archive import small_store
from tests.processes import answers, free_port, until
from tests.rag.samples import make_cable


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = small_store(tmp_path_factory.mktemp("scanning") / "store")
    with Archive(Settings(store=store)) as archive:
        archive.catalog.put(make_cable("08QUILL9", *(f"Bell number {number}." for number in range(1, 231))))
        archive.index_pending()
    return store


@pytest.fixture
def served(store: Path) -> Iterator[Path]:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    service = create_app(Settings(store=store), opened=lambda archive: archive.announce(url))
    server = uvicorn.Server(uvicorn.Config(service, port=port, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    until(lambda: answers(f"{url}/readyz"), 60, "the service starting")
    yield store
    server.should_exit = True
    thread.join()


def run(store: Path, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--store", str(store)])


def test_hits_are_listed_with_totals(store: Path) -> None:
    result = run(store, "scan", '"grain tariff"', "--post", "quill")
    assert result.exit_code == 0, result.output
    assert "QUILL 3 ¶1" in result.output and "2 hits, from 1 post." in result.output
    assert "Nothing in the archive holds that." in run(store, "scan", "grain", "--to", "2007-12-31").output


def test_json_is_the_page_of_the_service(store: Path) -> None:
    page = json.loads(run(store, "scan", "bell", "-n", "2", "--json").output)
    assert page["total"] == 230 and len(page["hits"]) == 2 and page["next"]


def test_csv_has_every_hit_in_a_file_or_on_stdout(store: Path, tmp_path: Path) -> None:
    file = tmp_path / "bells.csv"
    assert f"230 hits are in {file}." in run(store, "scan", "bell", "--csv", str(file)).output.replace("\n", "")
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "key,citation,date,subject,snippet" and len(lines) == 231
    assert run(store, "scan", "bell", "--csv", "-").output.splitlines() == lines
    with pytest.raises(CablesError, match="cannot be written"):
        raise run(store, "scan", "bell", "--csv", str(tmp_path)).exception or AssertionError


def test_a_running_service_gives_the_same(served: Path, tmp_path: Path) -> None:
    assert json.loads(run(served, "scan", "bell", "--json").output)["total"] == 230
    assert len(run(served, "scan", "bell", "--csv", "-").output.splitlines()) == 231
    assert isinstance(run(served, "scan", '"bell bell"~').exception, BadInput)


def test_coverage_of_all_posts_and_of_one(store: Path) -> None:
    assert "QUILL  2008        5" in run(store, "coverage").output
    one = run(store, "coverage", "Quill").output
    assert "Held 5 of 1 to 9, 4 missing between." in one and "Missing: 5 to 8 (4)." in one
    shown = json.loads(run(store, "coverage", "quill", "--year", "2008", "--json").output)
    assert [year["post"] for year in shown["years"]] == ["QUILL"]
    assert isinstance(run(store, "coverage", "quil").exception, NotFound)
