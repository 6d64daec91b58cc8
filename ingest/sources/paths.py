"""Files, folders, archives and standard input as a stream of documents."""

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Literal

from ingest.sources.budget import MAX_TOTAL, UnpackingBudget
from ingest.sources.containers import expanded
from ingest.sources.document import Document, Rejection
from ingest.sources.spool import IN_MEMORY, TooLarge, spool

STDIN: Literal["-"] = "-"
_STDIN_NAME = "standard input"


def documents(paths: Iterable[Path | str], stdin: BinaryIO | None = None) -> Iterator[Document | Rejection]:
    """A document for everything that can be read under `paths`, and a rejection with its reason for the rest.

    A folder gives its files and those of its sub-folders in order of their names, without hidden ones. An
    archive, a compressed file and mail give what they hold. `-` is standard input, or `stdin` where given.
    """
    for path in paths:
        if str(path) == STDIN:
            yield from _stream(stdin or sys.stdin.buffer, _STDIN_NAME)
        else:
            yield from _path(Path(path))


def _path(path: Path) -> Iterator[Document | Rejection]:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        yield Rejection(str(path), "no such file or folder")
        return
    except (OSError, ValueError) as error:
        yield Rejection(str(path), _reason(error))
        return
    if stat.S_ISDIR(mode):
        yield from _folder(path)
    elif stat.S_ISREG(mode):
        yield from _file(path)
    else:
        yield from _special_file(path)


def _folder(folder: Path) -> Iterator[Document | Rejection]:
    errors: list[OSError] = []
    for place, folders, files in os.walk(folder, onerror=errors.append):
        while errors:
            error = errors.pop()
            yield Rejection(str(error.filename), _reason(error))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.startswith("."):
                continue
            file = Path(place, name)
            try:
                regular = stat.S_ISREG(file.stat().st_mode)
            except OSError as unreadable:
                yield Rejection(str(file), _reason(unreadable))
                continue
            if regular:
                yield from _file(file)
            else:
                yield Rejection(str(file), "not a regular file")
    for error in errors:
        yield Rejection(str(error.filename), _reason(error))


def _file(path: Path) -> Iterator[Document | Rejection]:
    name = str(path)
    try:
        with path.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            small = size <= IN_MEMORY
            document = Document(name, stream.read()) if small else Document(name, opener=lambda: path.open("rb"))
        yield from expanded(document, UnpackingBudget(size))
    except OSError as error:
        yield Rejection(name, _reason(error))


def _special_file(path: Path) -> Iterator[Document | Rejection]:
    """A pipe or device that is named explicitly."""
    try:
        with path.open("rb") as stream:
            yield from _stream(stream, str(path))
    except OSError as error:
        yield Rejection(str(path), _reason(error))


def _stream(stream: BinaryIO, name: str) -> Iterator[Document | Rejection]:
    try:
        document = spool(stream, name, MAX_TOTAL)
        if isinstance(document, Rejection):
            yield document
        else:
            yield from expanded(document, UnpackingBudget(len(document.data) or MAX_TOTAL))
    except TooLarge:
        yield Rejection(name, f"over {MAX_TOTAL // 1024**3} GB")
    except (OSError, ValueError) as error:
        yield Rejection(name, _reason(error))


def _reason(error: Exception) -> str:
    if isinstance(error, PermissionError):
        return "cannot be read: permission denied"
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"cannot be read: {text}"
