"""Streams that can be read only once, made into documents that can be opened as often as needed."""

import os
import tempfile
from collections.abc import Callable
from typing import BinaryIO

from ingest.document import Document, Rejection
from ingest.dump_csv import is_dump

IN_MEMORY = 16 * 1024 * 1024  # bytes; no telegram comes near, so what is larger must be a dump
HEAD = 512
_CHUNK = 256 * 1024


class TooLarge(Exception):
    """More came out of a stream than its limit allows."""


def spool(stream: BinaryIO, name: str, limit: int) -> Document | Rejection:
    """All of `stream` as a document: small ones in memory, a dump in a temporary file that goes with the document.

    Raises:
        TooLarge: the stream holds more than `limit` bytes.
    """
    data = read_limited(stream, min(IN_MEMORY, limit) + 1)
    if len(data) > limit:
        raise TooLarge
    if len(data) <= IN_MEMORY:
        return Document(name, data)
    if not is_dump(data[:HEAD]):
        return too_large(name)
    return Document(name, opener=_to_disk(data, stream, limit))


def too_large(name: str) -> Rejection:
    """The rejection of a file too large to be a telegram and not a dump either."""
    return Rejection(name, f"over {IN_MEMORY // 1024 // 1024} MB and not a dump in CSV: no telegram is that large")


def read_limited(stream: BinaryIO, size: int) -> bytes:
    """Up to `size` bytes, fewer only at the stream's end."""
    parts = []
    while size > 0 and (part := stream.read(min(size, _CHUNK))):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _to_disk(head: bytes, stream: BinaryIO, limit: int) -> Callable[[], BinaryIO]:
    # The file has no name any more and is gone with the last handle on it.
    file = tempfile.TemporaryFile()  # noqa: SIM115
    written = file.write(head)
    while part := stream.read(_CHUNK):
        written += file.write(part)
        if written > limit:
            file.close()
            raise TooLarge
    file.flush()

    def reopen() -> BinaryIO:
        again = os.fdopen(os.dup(file.fileno()), "rb")
        again.seek(0)
        return again

    return reopen
