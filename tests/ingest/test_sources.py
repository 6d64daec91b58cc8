"""Files, folders, archives and pipes as documents, hostile ones as rejections."""

import io
import os
import tarfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from ingest.archives import untar, unzip
from ingest.document import Document, Rejection
from ingest.sources import documents
from ingest.spool import IN_MEMORY


def _names(results: Iterable[Document | Rejection]) -> list[str]:
    return [Path(each.name).name for each in results if isinstance(each, Document)]


def _reasons(results: Iterable[Document | Rejection]) -> dict[str, str]:
    return {each.name: each.reason for each in results if isinstance(each, Rejection)}


def _zip(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name) if name.startswith("/") else name, data)
    return buffer.getvalue()


def _tar(members: Iterable[tuple[tarfile.TarInfo, bytes]], mode: str = "w:gz") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        for info, data in members:
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def _link(name: str, kind: bytes) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, "/etc/passwd"
    return info


def test_files_and_folders_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".hidden", "sub/c.html", "sub/.d/e.txt"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(name.encode())
    found = list(documents([tmp_path, tmp_path / ".hidden"]))
    assert _names(found) == ["a.txt", "b.txt", "c.html", ".hidden"]
    assert next(each.data for each in found if isinstance(each, Document)) == b"a.txt"


def test_what_is_not_there_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"a")
    missing = tmp_path / "none.txt"
    found = list(documents([missing, tmp_path / "a.txt"]))
    assert _reasons(found) == {str(missing): "no such file or folder"}
    assert _names(found) == ["a.txt"]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"a")
    file.chmod(0)
    assert list(_reasons(documents([tmp_path])).values()) == ["cannot be read: permission denied"]


def test_pipes_and_broken_links_in_a_folder_do_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "broken").symlink_to(tmp_path / "none")
    (tmp_path / "z.txt").write_bytes(b"z")
    found = list(documents([tmp_path]))
    assert _names(found) == ["z.txt"]
    assert _reasons(found)[str(tmp_path / "pipe")] == "not a regular file"
    assert str(tmp_path / "broken") in _reasons(found)


def test_standard_input(tmp_path: Path) -> None:
    (document,) = documents(["-"], stdin=io.BytesIO(b"text"))
    assert isinstance(document, Document)
    assert (document.name, document.data) == ("standard input", b"text")
    assert _names(documents(["-"], stdin=io.BytesIO(_zip({"a.txt": b"a"})))) == ["standard input!a.txt"]


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_tar_members(tmp_path: Path, mode: str) -> None:
    file = tmp_path / "cables.tar"
    file.write_bytes(_tar([(tarfile.TarInfo("x/b.txt"), b"b"), (tarfile.TarInfo("x/.git/c"), b"c")], mode))
    (document,) = documents([file])
    assert isinstance(document, Document)
    assert (document.name, document.data) == (f"{file}!x/b.txt", b"b")


def test_zip_members(tmp_path: Path) -> None:
    file = tmp_path / "cables.zip"
    file.write_bytes(_zip({"x/b.txt": b"b", "__MACOSX/x/b.txt": b"junk", "a.txt": b"a"}))
    found = list(documents([file]))
    assert [each.name for each in found] == [f"{file}!x/b.txt", f"{file}!a.txt"]


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "..\\..\\boot.ini", "C:\\boot.ini", "a/../../b"])
def test_names_that_lead_out_are_refused(name: str) -> None:
    found = list(unzip(io.BytesIO(_zip({name: b"x", "good.txt": b"y"})), "a.zip"))
    found += untar(io.BytesIO(_tar([(tarfile.TarInfo(name), b"x"), (tarfile.TarInfo("good.txt"), b"y")])), "a.tgz")
    assert [each.name for each in found if isinstance(each, Document)] == ["a.zip!good.txt", "a.tgz!good.txt"]
    assert set(_reasons(found).values()) == {"a name that leads out of the archive"}


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_are_refused(kind: bytes) -> None:
    found = list(untar(io.BytesIO(_tar([(_link("l", kind), b""), (tarfile.TarInfo("good.txt"), b"y")])), "a.tgz"))
    assert [type(each) for each in found] == [Rejection, Document]


def test_links_in_a_zip_are_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo("l")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    assert _reasons(unzip(buffer, "a.zip")) == {"a.zip!l": "a link, not a file"}


def test_bombs_are_refused() -> None:
    zeros = b"\0" * (48 * 1024 * 1024)
    (zipped,) = unzip(io.BytesIO(_zip({"z.txt": zeros})), "a.zip")
    assert isinstance(zipped, Rejection)
    assert "bomb" in zipped.reason
    (tarred,) = untar(io.BytesIO(_tar([(tarfile.TarInfo("z.txt"), zeros)])), "a.tgz")
    assert isinstance(tarred, Rejection)
    assert "bomb" in tarred.reason


def test_total_size_is_bounded() -> None:
    members = {f"{number}.txt": os.urandom(1000) for number in range(10)}
    found = list(unzip(io.BytesIO(_zip(members)), "a.zip", max_total=5_000))
    assert len(_names(found)) == 5
    assert "bomb" in _reasons(found)["a.zip"]


def test_archives_in_archives_are_refused() -> None:
    inner = _zip({"a.txt": b"a"})
    assert "inside an archive" in _reasons(unzip(io.BytesIO(_zip({"i.zip": inner})), "a.zip"))["a.zip!i.zip"]
    tarred = _tar([(tarfile.TarInfo("i.zip"), inner)])
    assert "inside an archive" in _reasons(untar(io.BytesIO(tarred), "a.tgz"))["a.tgz!i.zip"]


def test_damaged_archives(tmp_path: Path) -> None:
    for name, data in (("a.zip", b"PK\x03\x04 not really"), ("b.tgz", b"\x1f\x8b not really"), ("c.gz", _tar([])[:20])):
        (tmp_path / name).write_bytes(data)
    whole = _zip({"good.txt": b"lamp " * 1000, "bad.txt": os.urandom(1000)})
    position = whole.index(b"bad.txt") + 200
    (tmp_path / "d.zip").write_bytes(whole[:position] + b"\xff\xfe" + whole[position + 2 :])
    found = list(documents([tmp_path]))
    assert _names(found) == ["d.zip!good.txt"]
    assert len(_reasons(found)) == 4


def test_a_large_dump_is_opened_and_anything_else_large_is_refused(tmp_path: Path) -> None:
    row = b'"1","8/26/2008 9:04","08X1","E","U","","' + b"x" * IN_MEMORY + b'","y"\n'
    (tmp_path / "cables.csv").write_bytes(row)
    (tmp_path / "large.txt").write_bytes(b"x" * (IN_MEMORY + 1))
    found = list(documents([tmp_path]))
    (document,) = (each for each in found if isinstance(each, Document))
    assert document.data == b""
    for _ in range(2):
        with document.open() as stream:
            assert stream.read() == row
    assert "not a dump" in _reasons(found)[str(tmp_path / "large.txt")]
    (piped,) = documents(["-"], stdin=io.BytesIO(row))
    assert isinstance(piped, Document)
    for _ in range(2):
        with piped.open() as stream:
            assert stream.read() == row
