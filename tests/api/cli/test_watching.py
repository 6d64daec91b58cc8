"""`cables watch` on a store and through a running service."""

import json
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from typer.testing import CliRunner, Result

from api.app import create_app
from api.cli.main import app
from rag.archive import Archive
from rag.errors import BadInput, NotFound
from rag.settings import Settings
from tests.api.small_archive import small_store
from tests.processes import answers, free_port, until
from tests.rag.samples import make_cable


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return small_store(tmp_path / "store")


@pytest.fixture
def served(store: Path) -> Iterator[Archive]:
    port, archives = free_port(), list[Archive]()
    url = f"http://127.0.0.1:{port}"

    def opened(archive: Archive) -> None:
        archives.append(archive)
        archive.announce(url)

    server = uvicorn.Server(
        uvicorn.Config(create_app(Settings(store=store), opened=opened), port=port, log_level="warning")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    until(lambda: answers(f"{url}/readyz"), 60, "the service starting")
    yield archives[0]
    server.should_exit = True
    thread.join()


def run(store: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["watch", *words, "--store", str(store)], env={"COLUMNS": "80"})


def _bring(archive: Archive) -> None:
    archive.catalog.put(make_cable("08QUILL9", "The bell of the ferry rang.", "A bell.", "No gong."))
    archive.index_pending()


def _follow(store: Path) -> None:
    """What a reader does after cables came."""
    listed = run(store, "list").output
    assert re.search(r"^[0-9a-f]{12}  2 +Bells +bell, QUILL, from 2008-01-01", listed, re.MULTILINE), listed
    assert max(map(len, listed.splitlines())) <= 80
    shown = run(store, "show", "Bells", "-n", "1").output
    assert "QUILL 9 ¶1" in shown and "New: 2." in shown and "the first 1. -n shows more" in shown
    page = json.loads(run(store, "show", "Bells", "--json").output)
    assert [hit["key"] for hit in page["hits"]] == ["08QUILL9#1", "08QUILL9#2"]
    assert "Seen." in run(store, "seen", page["watch"]["id"]).output
    assert run(store, "show", "Bells", "--seen").output == "Nothing is new.\n"
    one, other = (run(store, "feed", "Bells").stdout for _ in range(2))
    assert "/feed?token=" in one and one != other
    assert run(store, "remove", "Bells").output == "Removed.\n"
    assert "No search is saved." in run(store, "list").output


def _save(store: Path) -> None:
    added = run(store, "add", "bell", "--name", "Bells", "--post", "quill", "--from", "2008-01-01")
    assert added.exit_code == 0 and "Saved as" in added.output, added.output
    assert json.loads(run(store, "list", "--json").output)[0]["new"] == 0


def test_a_search_is_saved_followed_and_removed(store: Path) -> None:
    _save(store)
    with Archive(Settings(store=store)) as archive:
        _bring(archive)
    _follow(store)


def test_a_running_service_gives_the_same(store: Path, served: Archive) -> None:
    _save(store)
    _bring(served)
    _follow(store)


def test_what_does_not_fit_is_refused(store: Path) -> None:
    assert isinstance(run(store, "show", "nothing").exception, NotFound)
    assert isinstance(run(store, "add", "a*").exception, BadInput)
    assert "did you mean QUILL?" in str(run(store, "add", "lamp", "--post", "quil").exception)
    for _ in range(2):
        run(store, "add", "lamp")
    assert "several saved searches" in str(run(store, "remove", "lamp").exception)
