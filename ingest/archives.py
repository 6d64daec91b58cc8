"""Zip and tar archives as streams of documents, with nothing ever written under a member's name.

A member is refused for a name that leads out of the archive, for being a link or device, or for its size; the archive
as a whole where it unpacks to far more than it holds (a bomb). Refusals are rejections; the other members go on.
"""

import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from ingest.document import Document, Rejection
from ingest.dump_csv import is_dump
from ingest.spool import HEAD, IN_MEMORY, TooLarge, spool, too_large

MAX_MEMBER = 8 * 1024**3  # bytes unpacked; the full dump has 1.7 GB
MAX_TOTAL = 16 * 1024**3
MAX_RATIO = 200  # telegrams pack to a fifth; a bomb to a thousandth
_RATIO_FROM = 32 * 1024 * 1024  # bytes unpacked below which a high ratio does no harm
_ENCRYPTED = 0x1
_ZIP, _TAR_MAGIC = b"PK\x03\x04", b"ustar"
_COMPRESSED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")
_DAMAGED = (tarfile.TarError, zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)


def is_zip(head: bytes) -> bool:
    """Whether the first bytes are a zip archive's."""
    return head.startswith(_ZIP)


def is_tar(head: bytes) -> bool:
    """Whether the first bytes are a tar archive's, or compressed data that may be one."""
    return head.startswith(_COMPRESSED) or head[257:262] == _TAR_MAGIC


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
                reason = _unsafe(info.filename) or _unfit(info)
                if reason:
                    yield Rejection(member, reason)
                    continue
                total += info.file_size
                if total > max_total:
                    yield Rejection(name, _bomb(max_total))
                    return
                yield _zip_member(archive, info, member)
    except _DAMAGED as problem:
        yield Rejection(name, f"damaged zip archive: {_one_line(problem)}")


def _unfit(info: zipfile.ZipInfo) -> str | None:
    if stat.S_ISLNK(info.external_attr >> 16):
        return "a link, not a file"
    if info.flag_bits & _ENCRYPTED:
        return "encrypted; unpack the archive first"
    if info.file_size > MAX_MEMBER:
        return f"unpacks to over {MAX_MEMBER // 1024**3} GB"
    if info.file_size > _RATIO_FROM and info.file_size > MAX_RATIO * max(info.compress_size, 1):
        return f"unpacks to over {MAX_RATIO} times its size: an archive bomb"
    return None


def _zip_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, member: str) -> Document | Rejection:
    try:
        with archive.open(info) as stream:
            head = stream.read(HEAD)
            if is_zip(head) or is_tar(head):
                return Rejection(member, "an archive inside an archive; unpack the outer one first")
            if info.file_size > IN_MEMORY and not is_dump(head):
                return too_large(member)
        with archive.open(info) as stream:
            # Reads past the declared size never happen: the declared size bounds what zipfile hands out.
            return spool(stream, member, info.file_size)  # type: ignore[arg-type]
    except (*_DAMAGED, TooLarge) as problem:
        return Rejection(member, f"cannot be unpacked: {_one_line(problem)}")


def untar(stream: BinaryIO, name: str, max_total: int = MAX_TOTAL) -> Iterator[Document | Rejection]:
    """The members of a tar archive, compressed or not, named `archive!member`, in one pass."""
    counted = _Counted(stream)
    total = 0
    try:
        with tarfile.open(fileobj=counted, mode="r|*") as archive:  # type: ignore[call-overload]
            for info in archive:
                total += info.size
                if total > max_total or (total > _RATIO_FROM and total > MAX_RATIO * max(counted.count, 1)):
                    yield Rejection(name, _bomb(max_total))
                    return
                if info.isdir() or _hidden(info.name):
                    continue
                yield _tar_member(archive, info, f"{name}!{info.name}")
    except _DAMAGED as problem:
        yield Rejection(name, f"not a readable tar archive: {_one_line(problem)}")


def _tar_member(archive: tarfile.TarFile, info: tarfile.TarInfo, member: str) -> Document | Rejection:
    reason = _unsafe(info.name)
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


def _unsafe(name: str) -> str | None:
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or (path.parts and path.parts[0].endswith(":")) or "\x00" in name:
        return "a name that leads out of the archive"
    return None


def _hidden(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(part == "__MACOSX" or (part.startswith(".") and part not in (".", "..")) for part in parts)


def _bomb(max_total: int) -> str:
    limit = f"{MAX_RATIO} times its size or {max_total / 1024**3:.3g} GB"
    return f"unpacks to over {limit}: an archive bomb; the rest is left out"


def _one_line(problem: BaseException) -> str:
    return " ".join(str(problem).split())[:160] or type(problem).__name__
