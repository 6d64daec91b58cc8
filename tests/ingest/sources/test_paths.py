"""Files, folders, archives and pipes as documents."""

import io
import os
import tarfile
from pathlib import Path

import pytest

from ingest.sources.document import Document
from ingest.sources.paths import documents
from ingest.sources.spool import IN_MEMORY
from tests.ingest.sources.samples import document_names, reasons, tarred, zipped


def test_files_and_folders_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".hidden", "sub/c.html", "sub/.d/e.txt"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(name.encode())
    results = list(documents([tmp_path, tmp_path / ".hidden"]))
    assert document_names(results) == ["a.txt", "b.txt", "c.html", ".hidden"]
    assert next(each.data for each in results if isinstance(each, Document)) == b"a.txt"


def test_what_is_not_there_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"a")
    missing = tmp_path / "none.txt"
    results = list(documents([missing, tmp_path / "a.txt"]))
    assert reasons(results) == {str(missing): "no such file or folder"}
    assert document_names(results) == ["a.txt"]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"a")
    file.chmod(0)
    assert list(reasons(documents([tmp_path])).values()) == ["cannot be read: permission denied"]


def test_pipes_and_broken_links_in_a_folder_do_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "broken").symlink_to(tmp_path / "none")
    (tmp_path / "z.txt").write_bytes(b"z")
    results = list(documents([tmp_path]))
    assert document_names(results) == ["z.txt"]
    assert reasons(results)[str(tmp_path / "pipe")] == "not a regular file"
    assert str(tmp_path / "broken") in reasons(results)


def test_standard_input(tmp_path: Path) -> None:
    (document,) = documents(["-"], stdin=io.BytesIO(b"text"))
    assert isinstance(document, Document)
    assert (document.name, document.data) == ("standard input", b"text")
    assert document_names(documents(["-"], stdin=io.BytesIO(zipped({"a.txt": b"a"})))) == ["standard input!a.txt"]


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_tar_members(tmp_path: Path, mode: str) -> None:
    file = tmp_path / "cables.tar"
    file.write_bytes(tarred([(tarfile.TarInfo("x/b.txt"), b"b"), (tarfile.TarInfo("x/.git/c"), b"c")], mode))
    (document,) = documents([file])
    assert isinstance(document, Document)
    assert (document.name, document.data) == (f"{file}!x/b.txt", b"b")


def test_zip_members(tmp_path: Path) -> None:
    file = tmp_path / "cables.zip"
    file.write_bytes(zipped({"x/b.txt": b"b", "__MACOSX/x/b.txt": b"junk", "a.txt": b"a"}))
    results = list(documents([file]))
    assert [each.name for each in results] == [f"{file}!x/b.txt", f"{file}!a.txt"]


def test_damaged_archives(tmp_path: Path) -> None:
    for name, data in (
        ("a.zip", b"PK\x03\x04 not really"),
        ("b.tgz", b"\x1f\x8b not really"),
        ("c.gz", tarred([])[:20]),
    ):
        (tmp_path / name).write_bytes(data)
    whole = zipped({"good.txt": b"lamp " * 1000, "bad.txt": os.urandom(1000)})
    position = whole.index(b"bad.txt") + 200
    (tmp_path / "d.zip").write_bytes(whole[:position] + b"\xff\xfe" + whole[position + 2 :])
    results = list(documents([tmp_path]))
    assert document_names(results) == ["d.zip!good.txt"]
    assert len(reasons(results)) == 4


def test_a_large_dump_is_opened_and_anything_else_large_is_refused(tmp_path: Path) -> None:
    row = b'"1","8/26/2008 9:04","08X1","E","U","","' + b"x" * IN_MEMORY + b'","y"\n'
    (tmp_path / "cables.csv").write_bytes(row)
    (tmp_path / "large.txt").write_bytes(b"x" * (IN_MEMORY + 1))
    results = list(documents([tmp_path]))
    (document,) = (each for each in results if isinstance(each, Document))
    assert document.data == b""
    for _ in range(2):
        with document.open() as stream:
            assert stream.read() == row
    assert "not a dump" in reasons(results)[str(tmp_path / "large.txt")]
    (piped,) = documents(["-"], stdin=io.BytesIO(row))
    assert isinstance(piped, Document)
    for _ in range(2):
        with piped.open() as stream:
            assert stream.read() == row
