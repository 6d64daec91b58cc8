"""The commands that take something out, and those that say what was."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli.main import app
from rag.archive import Archive
from rag.errors import Ambiguous, BadInput, NotFound, Withdrawn
from rag.settings import Settings
from tests.api.small_archive import small_store
from tests.rag.samples import make_cable
from tests.rag.store_files import holding


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = small_store(tmp_path_factory.mktemp("withdrawing") / "store")
    with Archive(Settings(store=store)) as archive:
        archive.catalog.put(make_cable("08QUILL5", "The customs officer Quaxworth was promoted."))
        archive.index_pending()
    return store


def run(store: Path, *words: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(app, [*words, "--store", str(store)], input=typed)


def test_a_withdrawal_a_redaction_and_what_they_say(store: Path, tmp_path: Path) -> None:
    backup = tmp_path / "a.backup"
    assert run(store, "backup", str(backup)).exit_code == 0
    done = run(store, "redact", "quill 1", "--paragraph", "1", "--replace", "-", "XXXX", typed="Quaxworth\n")
    assert done.exit_code == 0, done.output
    assert "08QUILL1#1: redacted. No file of the store holds it any more." in done.output
    assert "elsewhere too; redact it there as well: 08QUILL5#1." in done.output
    assert f"may hold it: {backup}." in done.output and "invented.txt" in done.output
    backup.unlink()
    done = run(store, "withdraw", "QUILL 1", "--paragraph", "2", "--reason", "a source", "--by", "Bo")
    assert "08QUILL1#2: withdrawn" in done.output and f"{backup} (no longer there)." in done.output
    done = run(store, "withdraw", "08QUILL4", "--reason", "an error", "--json")
    assert json.loads(done.output)["keys"] == ["08QUILL4#1"]
    again = run(store, "withdraw", "08QUILL4", "--reason", "an error")
    assert again.exit_code == 0 and "08QUILL4: withdrawn already. No file of the store holds it" in again.output
    assert holding(store, "newspapers of the port", "fall again") == []
    listed = json.loads(run(store, "withdrawn", "--json").output)
    assert [(each["key"], each["kind"], each["by"]) for each in listed] == [
        ("08QUILL1#1", "redacted", None), ("08QUILL1#2", "withdrawn", "Bo"), ("08QUILL4", "withdrawn", None),
    ]  # fmt: skip
    assert "08QUILL1#2" in run(store, "withdrawn").output
    assert isinstance(run(store, "show", "QUILL 4").exception, Withdrawn)
    assert isinstance(run(store, "show", "QUILL 1 ¶2").exception, Withdrawn)
    assert "XXXX" in run(store, "show", "QUILL 1 ¶1").output
    lifted = run(store, "restore-cable", "quill 4")
    assert "08QUILL4: no longer kept out" in lifted.output and "ingest the original again" in lifted.output
    assert isinstance(run(store, "show", "QUILL 4").exception, NotFound)


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (["withdraw", "QUILL 99", "--reason", "a"], NotFound),
        (["withdraw", "QUILL 2 ¶1", "--reason", "a"], BadInput),
        (["withdraw", "nonsense", "--reason", "a"], BadInput),
        (["restore-cable", "QUILL 2"], NotFound),
        (["restore-cable", "QUILL 99"], NotFound),
    ],
)
def test_what_cannot_be_done(store: Path, words: list[str], error: type[Exception]) -> None:
    assert isinstance(run(store, *words).exception, error)


def test_a_label_of_two_cables_wants_the_year(tmp_path: Path) -> None:
    with Archive(Settings(store=tmp_path / "store"), create=True) as archive:
        archive.catalog.put(make_cable("07QUILL1", "One."))
        archive.catalog.put(make_cable("08QUILL1", "One."))
    assert isinstance(run(tmp_path / "store", "withdraw", "QUILL 1", "--reason", "a").exception, Ambiguous)
    assert run(tmp_path / "store", "withdrawn").output == "Nothing was withdrawn.\n"
