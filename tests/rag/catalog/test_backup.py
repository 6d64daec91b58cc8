import io
import json
import stat
import tarfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from rag.catalog.backup import restore_backup, write_backup
from rag.catalog.catalog import Catalog
from rag.catalog.catalog_reader import Size
from rag.catalog.feedback import Feedback, FeedbackVerdict
from rag.catalog.kept_answers import KeptAnswers
from rag.catalog.keys import Keys
from rag.catalog.manifest import CONTENT, ERASE, SCHEMA_VERSION
from rag.catalog.tombstones import Tombstones
from rag.catalog.withdrawals import Withdrawals
from rag.domain.access import Clearance
from rag.domain.marking import Level
from rag.domain.withdrawal import WithdrawalOrder
from rag.errors import BadInput, StoreMismatch
from tests.rag.catalog.older_stores import CABLES, older_sqlite
from tests.rag.kept import ASKED, answer_of
from tests.rag.samples import make_cable
from tests.rag.store_files import files_with


@pytest.fixture
def catalog(tmp_path: Path) -> Iterator[Catalog]:
    with closing(Catalog(f"sqlite:///{tmp_path / 'catalog.sqlite3'}")) as opened:
        opened.put(make_cable("08QUILL1", "A lantern.", "A bell.", references=("07QUILL3",)))
        opened.put(make_cable("08QUILL2", "A ferry.", tags=("ETRD", "PREL")))
        opened.mark_indexed(["08QUILL1", "08QUILL2"])
        opened.set_manifest({"schema": SCHEMA_VERSION, "parser": "7"})
        Keys(opened).add("reader", Clearance(Level.C))
        yield opened


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Catalog]:
    with closing(Catalog(f"sqlite:///{tmp_path / 'other.sqlite3'}")) as opened:
        yield opened


def restore(file: Path, catalog: Catalog, replace: bool = False) -> Size:
    return restore_backup(file, catalog, {"model": "mine"}, replace, file.parent).size


def test_all_there_was_comes_back(catalog: Catalog, other: Catalog, tmp_path: Path) -> None:
    file = tmp_path / "a.backup"
    assert write_backup(catalog, file) == Size(2, 3)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert restore(file, other) == Size(2, 3)
    for cable_id in catalog.ids():
        assert other.cable(cable_id) == catalog.cable(cable_id)
        assert other.fingerprint(cable_id) == catalog.fingerprint(cable_id)
    assert other.unindexed() == ["08QUILL1", "08QUILL2"]  # its indexes are yet to be made
    held = {name: value for name, value in other.manifest().items() if name != CONTENT}
    assert held == {"schema": SCHEMA_VERSION, "parser": "7", "model": "mine"}
    assert [key.name for key in Keys(other).all()] == ["reader"]
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


def test_nothing_is_overwritten_unasked(catalog: Catalog, other: Catalog, tmp_path: Path) -> None:
    file = tmp_path / "a.backup"
    write_backup(catalog, file)
    with pytest.raises(BadInput, match="is there already"):
        write_backup(catalog, file)
    other.put(make_cable("08QUILL9", "Kept."))
    with pytest.raises(BadInput, match="--replace"):
        restore(file, other)
    assert other.ids() == ["08QUILL9"]
    restore(file, other, replace=True)
    assert other.ids() == ["08QUILL1", "08QUILL2"]


def test_a_backup_of_another_version(catalog: Catalog, other: Catalog, tmp_path: Path) -> None:
    catalog.set_manifest({"schema": "0"})
    write_backup(catalog, tmp_path / "a.backup")
    with pytest.raises(StoreMismatch, match="schema 0"):
        restore(tmp_path / "a.backup", other)


def test_what_was_withdrawn_since_stays_out(catalog: Catalog, tmp_path: Path) -> None:
    file = tmp_path / "a.backup"
    write_backup(catalog, file)
    withdrawals = Withdrawals(catalog)
    withdrawals.carry_out(WithdrawalOrder("08QUILL2", (), "a reason"))
    withdrawals.carry_out(WithdrawalOrder("08QUILL1", ("2",), "a reason", None, "bell", "XXXX"))
    withdrawals.note_backup("b.backup")
    restored = restore_backup(file, catalog, {"model": "mine"}, True, tmp_path)
    assert (restored.size, restored.kept_out, restored.had_tombstones) == (Size(1, 2), ("08QUILL1", "08QUILL2"), True)
    held = catalog.cable("08QUILL1")
    assert held is not None and held.paragraphs[1].text == "A XXXX."
    assert len(Tombstones(catalog).all()) == 2 and ERASE not in catalog.manifest()
    files = [path.read_bytes() for path in tmp_path.glob("catalog.sqlite3*")]
    assert not any(b"A ferry." in data or b"A bell." in data for data in files)


def test_a_backup_of_an_older_schema_is_brought_up(other: Catalog, tmp_path: Path) -> None:
    with Catalog(older_sqlite(tmp_path / "older.sqlite3", "5")) as older:
        write_backup(older, tmp_path / "a.backup")
    restore(tmp_path / "a.backup", other)
    assert (other.ids(), other.manifest()["schema"]) == (CABLES, SCHEMA_VERSION)


def test_readers_words_on_what_was_withdrawn_since_stay_out_too(catalog: Catalog, tmp_path: Path) -> None:
    kept, feedback = KeptAnswers(catalog), Feedback(catalog)
    catalog.put(make_cable("08QUILL4", "A lantern of Ann Lee.", "A bell.", "A ferry of Ann Lee."))
    for number, text in (("1", "A lantern of Ann Lee."), ("2", "A bell."), ("3", "A ferry of Ann Lee.")):
        kept.keep(answer_of((f"08QUILL4#{number}", text)), ASKED)
        feedback.add(FeedbackVerdict("Ann Lee?", "up", None, (f"08QUILL4#{number}",), text))
    write_backup(catalog, tmp_path / "a.backup")
    Withdrawals(catalog).carry_out(WithdrawalOrder("08QUILL4", ("1",), "a reason"))
    Withdrawals(catalog).carry_out(WithdrawalOrder("08QUILL4", ("3",), "a reason", None, "Ann Lee", "XXXX"))
    restore(tmp_path / "a.backup", catalog, replace=True)
    found = [each.answer for each in kept.page(9).answers]
    assert [each.text for each in found] == ["A ferry of XXXX. [[08QUILL4#3]]", "A bell. [[08QUILL4#2]]", ""]
    assert [each["answer"] for each in feedback.candidates()] == ["A bell.", "A ferry of XXXX."]
    assert files_with(tmp_path, "Ann Lee") == ["a.backup"]


def _member(archive: tarfile.TarFile, name: str, data: bytes, kind: bytes = tarfile.REGTYPE) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.type, info.linkname = len(data), kind, "/etc/passwd"
    archive.addfile(info, io.BytesIO(data))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("../../escaped", tarfile.REGTYPE),
        ("/escaped", tarfile.REGTYPE),
        ("catalog.sqlite3", tarfile.SYMTYPE),
        ("catalog.sqlite3", tarfile.LNKTYPE),
    ],
)
def test_members_that_lead_elsewhere(other: Catalog, tmp_path: Path, name: str, kind: bytes) -> None:
    file = tmp_path / "evil.backup"
    with tarfile.open(file, "w:gz") as archive:
        _member(archive, "backup.json", json.dumps({"format": 1, "sha256": ""}).encode())
        _member(archive, name, b"" if kind != tarfile.REGTYPE else b"text", kind)
    with pytest.raises(BadInput, match="no backup"):
        restore(file, other)
    assert not (tmp_path.parent / "escaped").exists() and not Path("/escaped").exists()


def test_damage_is_found(catalog: Catalog, other: Catalog, tmp_path: Path) -> None:
    file = tmp_path / "a.backup"
    write_backup(catalog, file)
    whole = file.read_bytes()
    for broken in (b"", b"text", whole[: len(whole) // 2], whole[:-40] + bytes(40)):
        file.write_bytes(broken)
        with pytest.raises(BadInput, match="no backup"):
            restore(file, other)
    with tarfile.open(tmp_path / "a2.backup", "w:gz") as archive:
        _member(archive, "backup.json", json.dumps({"format": 1, "sha256": "0" * 64}).encode())
        _member(archive, "catalog.sqlite3", b"not what it was")
    with pytest.raises(BadInput, match="not what they were"):
        restore(tmp_path / "a2.backup", other)
    assert other.ids() == []
