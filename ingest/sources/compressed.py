"""Files compressed by gzip, bzip2 or xz, one document or one tar archive each."""

import bz2
import gzip
import lzma
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO, cast

from ingest.sources.archives import is_tar
from ingest.sources.budget import UnpackingBudget, bomb_reason
from ingest.sources.document import Document, Rejection, one_line
from ingest.sources.spool import TooLarge, spool

_XZ = b"\xfd7zXZ\x00"
_XZ_MEMORY = 256 * 1024 * 1024  # bytes that an xz file's dictionary may take
_OPENERS: Mapping[bytes, Callable[[BinaryIO], object]] = {
    b"\x1f\x8b": lambda stream: gzip.GzipFile(fileobj=stream),
    b"BZh": bz2.BZ2File,
    _XZ: lzma.LZMAFile,
}
_DAMAGED = (OSError, EOFError, zlib.error, lzma.LZMAError, ValueError)
_BLOCK = 512  # bytes of a tar header


class _Spending:
    """A stream whose bytes are counted."""

    def __init__(self, stream: BinaryIO, budget: UnpackingBudget) -> None:
        self._stream = stream
        self._budget = budget

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._budget.spend(len(data))
        return data


def is_compressed(head: bytes) -> bool:
    """Whether the first bytes are those of a compressed file."""
    return head.startswith(tuple(_OPENERS))


def holds_tar(document: Document, head: bytes) -> bool:
    """Whether a document is a tar archive, compressed or not."""
    if not is_compressed(head):
        return is_tar(head)
    try:
        with document.open() as stream:
            return is_tar(_opened(stream, head).read(_BLOCK))
    except _DAMAGED:
        return False


def uncompressed(document: Document, budget: UnpackingBudget) -> Iterator[Document | Rejection]:
    """The document that a compressed file holds, under the file's name."""
    try:
        with document.open() as stream:
            head = stream.read(_BLOCK)
            stream.seek(0)
            opened = cast(BinaryIO, _Spending(_opened(stream, head), budget))
            yield spool(opened, document.name, budget.limit)
    except TooLarge:
        yield Rejection(document.name, bomb_reason())
    except _DAMAGED as error:
        yield Rejection(document.name, f"a damaged compressed file: {one_line(error)}")


def _opened(stream: BinaryIO, head: bytes) -> BinaryIO:
    if head.startswith(_XZ):
        lzma.LZMADecompressor(memlimit=_XZ_MEMORY).decompress(head[:_BLOCK])
    opener = next(opener for magic, opener in _OPENERS.items() if head.startswith(magic))
    return cast(BinaryIO, opener(stream))
