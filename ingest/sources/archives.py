"""Zip and tar archives as streams of documents; no file is ever written under a member's name.

A member is rejected if its name leads out of the archive, if it is a link or device, or for its size. An archive that
unpacks to far more than its own size (a bomb) is rejected from there on. The other members are read.
"""

import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from ingest.formats.docx import is_docx
from ingest.formats.registry import HEAD
from ingest.sources.budget import MAX_RATIO, MAX_TOTAL, RATIO_FROM, bomb_reason
from ingest.sources.document import Document, Rejection, one_line
from ingest.sources.spool import IN_MEMORY, TooLarge, may_be_large, spool, too_large

MAX_MEMBER = 8 * 1024**3  # bytes unpacked; the full dump has 1.7 GB
_ENCRYPTED = 0x1
_ZIP = b"PK\x03\x04"
_DAMAGED = (tarfile.TarError, zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)


def is_zip(head: bytes) -> bool:
    """Whether the first bytes are a zip archive's, and not those of an office document."""
    return head.startswith(_ZIP) and not is_docx(head)


def is_tar(head: bytes) -> bool:
    """Whether the first bytes are those of a tar archive without compression."""
    try:
        tarfile.TarInfo.frombuf(head[: tarfile.BLOCKSIZE], "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        return False
    return True


class _Counted:
    """A stream that counts the bytes read from it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.count = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.count += len(data)
        return data


def unzip(stream: BinaryIO, name: str, max_total: int = MAX_TOTAL) -> Iterator[Document | Rejection]:
    """The members of a zip archive, named `archive!member`, in the archive's order."""
    total = 0
    try:
        with zipfile.ZipFile(stream) as archive:
            for info in archive.infolist():
                member = f"{name}!{info.filename}"
                if info.is_dir() or _hidden(info.filename):
                    continue
                reason = _name_problem(info.filename) or _member_problem(info)
                if reason:
                    yield Rejection(member, reason)
                    continue
                total += info.file_size
                if total > max_total:
                    yield Rejection(name, bomb_reason(max_total))
                    return
                yield _zip_member(archive, info, member)
    except _DAMAGED as error:
        yield Rejection(name, f"damaged zip archive: {one_line(error)}")


def _member_problem(info: zipfile.ZipInfo) -> str | None:
    if stat.S_ISLNK(info.external_attr >> 16):
        return "a link, not a file"
    if info.flag_bits & _ENCRYPTED:
        return "encrypted; unpack the archive first"
    if info.file_size > MAX_MEMBER:
        return f"unpacks to over {MAX_MEMBER // 1024**3} GB"
    if info.file_size > RATIO_FROM and info.file_size > MAX_RATIO * max(info.compress_size, 1):
        return f"unpacks to over {MAX_RATIO} times its size: an archive bomb"
    return None


def _zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, member: str) -> Document | Rejection:
    try:
        with archive.open(info) as stream:
            head = stream.read(HEAD)
            if is_zip(head) or is_tar(head):
                return Rejection(member, "an archive inside an archive; unpack the outer one first")
            if info.file_size > IN_MEMORY and not may_be_large(head):
                return too_large(member)
        with archive.open(info) as stream:
            # zipfile never returns more than the declared size.
            return spool(stream, member, info.file_size)  # type: ignore[arg-type]
    except (*_DAMAGED, TooLarge) as error:
        return Rejection(member, f"cannot be unpacked: {one_line(error)}")


def untar(stream: BinaryIO, name: str, max_total: int = MAX_TOTAL) -> Iterator[Document | Rejection]:
    """The members of a tar archive, compressed or not, named `archive!member`, in one pass."""
    counted = _Counted(stream)
    total = 0
    try:
        with tarfile.open(fileobj=counted, mode="r|*") as archive:  # type: ignore[call-overload]
            for info in archive:
                total += info.size
                if total > max_total or (total > RATIO_FROM and total > MAX_RATIO * max(counted.count, 1)):
                    yield Rejection(name, bomb_reason(max_total))
                    return
                if info.isdir() or _hidden(info.name):
                    continue
                yield _tar_member(archive, info, f"{name}!{info.name}")
    except _DAMAGED as error:
        yield Rejection(name, f"not a readable tar archive: {one_line(error)}")


def _tar_member(archive: tarfile.TarFile, info: tarfile.TarInfo, member: str) -> Document | Rejection:
    reason = _name_problem(info.name)
    if info.issym() or info.islnk():
        reason = "a link, not a file"
    elif not info.isfile():
        reason = "a device, not a file"
    stream = None if reason else archive.extractfile(info)
    if reason or stream is None:
        return Rejection(member, reason or "not a file")
    document = spool(stream, member, info.size)  # type: ignore[arg-type]
    if isinstance(document, Document) and document.opener is None:
        head = document.data[:HEAD]
        if is_zip(head) or is_tar(head):
            return Rejection(member, "an archive inside an archive; unpack the outer one first")
    return document


def _name_problem(name: str) -> str | None:
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or (path.parts and path.parts[0].endswith(":")) or "\x00" in name:
        return "a name that leads out of the archive"
    return None


def _hidden(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(part == "__MACOSX" or (part.startswith(".") and part not in (".", "..")) for part in parts)
