"""Streams that can be read only once, as documents that can be opened repeatedly."""

import os
import tempfile
from collections.abc import Callable
from typing import BinaryIO

from ingest.formats.registry import HEAD, format_of
from ingest.sources.document import Document, Rejection
from ingest.sources.mailbox import is_mailbox

IN_MEMORY = (
    16 * 1024 * 1024
)  # bytes; no telegram is nearly as large, so a larger input must be one that is read in parts
_CHUNK = 256 * 1024


class TooLarge(Exception):
    """A stream holds more than its limit allows."""


def spool(stream: BinaryIO, name: str, limit: int) -> Document | Rejection:
    """All of `stream` as a document: in memory if small; a large one in a temporary file that is removed with it.

    Raises:
        TooLarge: the stream holds more than `limit` bytes.
    """
    data = read_limited(stream, min(IN_MEMORY, limit) + 1)
    if len(data) > limit:
        raise TooLarge
    if len(data) <= IN_MEMORY:
        return Document(name, data)
    if not may_be_large(data[:HEAD]):
        return too_large(name)
    return Document(name, opener=_to_disk(data, stream, limit))


def may_be_large(head: bytes) -> bool:
    """Whether an input that begins with these bytes is read in parts: a dump, a file of mail, a PDF file."""
    return format_of(head).large or is_mailbox(head)


def too_large(name: str) -> Rejection:
    """The rejection of an input that is too large for a telegram and is not read in parts."""
    limit = f"{IN_MEMORY // 1024 // 1024} MB"
    return Rejection(name, f"over {limit} and not a dump in CSV or JSON, nor a mailbox: no telegram is that large")


def read_limited(stream: BinaryIO, size: int) -> bytes:
    """Up to `size` bytes, fewer only at the stream's end."""
    parts = []
    while size > 0 and (part := stream.read(min(size, _CHUNK))):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _to_disk(head: bytes, stream: BinaryIO, limit: int) -> Callable[[], BinaryIO]:
    # The file has no name and is gone when its last handle is closed.
    file = tempfile.TemporaryFile()  # noqa: SIM115
    written = file.write(head)
    while part := stream.read(_CHUNK):
        written += file.write(part)
        if written > limit:
            file.close()
            raise TooLarge
    file.flush()

    def reopen() -> BinaryIO:
        handle = os.fdopen(os.dup(file.fileno()), "rb")
        handle.seek(0)
        return handle

    return reopen
