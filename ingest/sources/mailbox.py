"""Mailboxes in the mbox format: messages one after the other, each under a line that begins with `From `.

The format is described in RFC 4155. A line of a message that looks like such a line has a `>` in front.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.sources.document import Document, Rejection

if TYPE_CHECKING:
    from ingest.sources.budget import UnpackingBudget

_LONGEST = 64 * 1024 * 1024  # bytes of a message with its attachments
_LINE_PART = 1024 * 1024  # bytes of a line read at once
_SEPARATOR = re.compile(rb"From (?:-|\S{1,200})[ \t]{1,4}[^\n]{0,80}\d\d:\d\d[^\n]{0,40}\d{4}[^\n]{0,40}\r?\n")
_FIELD = re.compile(rb"[!-9;-~]{1,100}:[ \t\r\n]|>From ")
_ESCAPED = re.compile(rb">{1,20}From ")


def is_mailbox(head: bytes) -> bool:
    """Whether the first bytes are those of a mailbox."""
    separator = _SEPARATOR.match(head)
    return separator is not None and _FIELD.match(head, separator.end()) is not None


def messages(document: Document, budget: "UnpackingBudget") -> Iterator[Document | Rejection]:
    """The messages of a mailbox, named by their numbers, in constant memory."""
    with document.open() as stream:
        number, lines, size, blank = 0, list[bytes](), 0, True
        separator = b""
        while line := stream.readline(_LINE_PART):
            if separator:
                if _FIELD.match(line):
                    if number:
                        yield _message(document.name, number, lines, size)
                    number, lines, size = number + 1, [], 0
                else:
                    lines.append(separator)
                separator = b""
            elif blank and _SEPARATOR.match(line):
                separator = line
                continue
            size += len(line)
            if size <= _LONGEST:
                lines.append(line[1:] if _ESCAPED.match(line) else line)
            blank = not line.strip()
        if number:
            yield _message(document.name, number, lines, size)


def _message(name: str, number: int, lines: list[bytes], size: int) -> Document | Rejection:
    if size > _LONGEST:
        return Rejection(f"{name}!{number}", f"a message of over {_LONGEST // 1024 // 1024} MB")
    return Document(f"{name}!{number}", b"".join(lines))
