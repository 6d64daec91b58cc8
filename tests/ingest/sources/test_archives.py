"""Hostile archives: bad members are rejected, the others are read."""

import io
import os
import tarfile
import zipfile

import pytest

from ingest.sources.archives import untar, unzip
from ingest.sources.document import Document, Rejection
from tests.ingest.sources.samples import document_names, reasons, tarred, zipped


def _link(name: str, kind: bytes) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, "/etc/passwd"
    return info


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "..\\..\\boot.ini", "C:\\boot.ini", "a/../../b"])
def test_names_that_lead_out_are_refused(name: str) -> None:
    results = list(unzip(io.BytesIO(zipped({name: b"x", "good.txt": b"y"})), "a.zip"))
    results += untar(io.BytesIO(tarred([(tarfile.TarInfo(name), b"x"), (tarfile.TarInfo("good.txt"), b"y")])), "a.tgz")
    assert [each.name for each in results if isinstance(each, Document)] == ["a.zip!good.txt", "a.tgz!good.txt"]
    assert set(reasons(results).values()) == {"a name that leads out of the archive"}


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE])
def test_links_and_devices_are_refused(kind: bytes) -> None:
    results = list(untar(io.BytesIO(tarred([(_link("l", kind), b""), (tarfile.TarInfo("good.txt"), b"y")])), "a.tgz"))
    assert [type(each) for each in results] == [Rejection, Document]


def test_links_in_a_zip_are_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo("l")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    assert reasons(unzip(buffer, "a.zip")) == {"a.zip!l": "a link, not a file"}


def test_bombs_are_refused() -> None:
    zeros = b"\0" * (48 * 1024 * 1024)
    (from_zip,) = unzip(io.BytesIO(zipped({"z.txt": zeros})), "a.zip")
    assert isinstance(from_zip, Rejection)
    assert "bomb" in from_zip.reason
    (from_tar,) = untar(io.BytesIO(tarred([(tarfile.TarInfo("z.txt"), zeros)])), "a.tgz")
    assert isinstance(from_tar, Rejection)
    assert "bomb" in from_tar.reason


def test_total_size_is_bounded() -> None:
    members = {f"{number}.txt": os.urandom(1000) for number in range(10)}
    results = list(unzip(io.BytesIO(zipped(members)), "a.zip", max_total=5_000))
    assert len(document_names(results)) == 5
    assert "bomb" in reasons(results)["a.zip"]


def test_archives_in_archives_are_refused() -> None:
    inner = zipped({"a.txt": b"a"})
    assert "inside an archive" in reasons(unzip(io.BytesIO(zipped({"i.zip": inner})), "a.zip"))["a.zip!i.zip"]
    outer = tarred([(tarfile.TarInfo("i.zip"), inner)])
    assert "inside an archive" in reasons(untar(io.BytesIO(outer), "a.tgz"))["a.tgz!i.zip"]
