"""From paths to documents: files, folders, archives and standard input, streamed."""

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Literal

from ingest.archives import MAX_TOTAL, is_tar, is_zip, untar, unzip
from ingest.document import Document, Rejection
from ingest.dump_csv import is_dump
from ingest.spool import HEAD, IN_MEMORY, TooLarge, spool, too_large

STDIN: Literal["-"] = "-"
_STDIN_NAME = "standard input"


def documents(paths: Iterable[Path | str], stdin: BinaryIO | None = None) -> Iterator[Document | Rejection]:
    """Everything that can be read under `paths`, a document or a rejection at a time.

    A folder gives its files in order of their names, its sub-folders' too, hidden ones left out; a zip or tar archive
    its members; `-` standard input (`stdin` where given). What cannot be read is a rejection that says why, and the
    rest goes on.
    """
    for path in paths:
        if str(path) == STDIN:
            yield from _once(stdin or sys.stdin.buffer, _STDIN_NAME)
        else:
            yield from _path(Path(path))


def _path(path: Path) -> Iterator[Document | Rejection]:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        yield Rejection(str(path), "no such file or folder")
        return
    except (OSError, ValueError) as problem:
        yield Rejection(str(path), _reason(problem))
        return
    if stat.S_ISDIR(mode):
        yield from _folder(path)
    elif stat.S_ISREG(mode):
        yield from _file(path)
    else:
        yield from _opened(path)


def _folder(folder: Path) -> Iterator[Document | Rejection]:
    problems: list[OSError] = []
    for place, folders, files in os.walk(folder, onerror=problems.append):
        while problems:
            problem = problems.pop()
            yield Rejection(str(problem.filename), _reason(problem))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.startswith("."):
                continue
            file = Path(place, name)
            try:
                regular = stat.S_ISREG(file.stat().st_mode)
            except OSError as error:
                yield Rejection(str(file), _reason(error))
                continue
            if regular:
                yield from _file(file)
            else:
                yield Rejection(str(file), "not a regular file")
    for problem in problems:
        yield Rejection(str(problem.filename), _reason(problem))


def _file(path: Path) -> Iterator[Document | Rejection]:
    name = str(path)
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD)
            stream.seek(0)
            if is_zip(head):
                yield from unzip(stream, name)
            elif is_tar(head):
                yield from untar(stream, name)
            elif (size := os.fstat(stream.fileno()).st_size) <= IN_MEMORY:
                yield Document(name, stream.read())
            elif is_dump(head):
                yield Document(name, opener=lambda: path.open("rb"))
            else:
                yield too_large(name) if size else Rejection(name, "empty file")
    except OSError as problem:
        yield Rejection(name, _reason(problem))


def _opened(path: Path) -> Iterator[Document | Rejection]:
    """A pipe or device that somebody named on purpose."""
    try:
        with path.open("rb") as stream:
            yield from _once(stream, str(path))
    except OSError as problem:
        yield Rejection(str(path), _reason(problem))


def _once(stream: BinaryIO, name: str) -> Iterator[Document | Rejection]:
    try:
        document = spool(stream, name, MAX_TOTAL)
    except TooLarge:
        yield Rejection(name, f"over {MAX_TOTAL // 1024**3} GB")
        return
    except (OSError, ValueError) as problem:
        yield Rejection(name, _reason(problem))
        return
    if isinstance(document, Rejection) or document.opener is not None:
        yield document
        return
    head = document.data[:HEAD]
    if is_zip(head):
        yield from unzip(document.open(), name)
    elif is_tar(head):
        yield from untar(document.open(), name)
    else:
        yield document


def _reason(problem: Exception) -> str:
    if isinstance(problem, PermissionError):
        return "cannot be read: permission denied"
    text = problem.strerror if isinstance(problem, OSError) and problem.strerror else str(problem)
    return f"cannot be read: {text}"


__all__ = ["STDIN", "Document", "Rejection", "documents"]
