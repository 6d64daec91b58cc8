"""The full dump as CSV: eight columns, quote `"`, escape `\\`, a telegram a row.

Columns: number, `M/D/YYYY H:MM`, id, origin, classification, references joined by `|`, header, body.
"""

import csv
import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from ingest.document import Rejection
from ingest.metadata import read_created
from ingest.raw_telegram import RawTelegram

_COLUMNS = 8
_FIELD_LIMIT = 16 * 1024 * 1024  # characters; the longest telegrams have under 1 MB
_PIECE = 1024 * 1024  # characters of a line taken at once, for files that are one endless line
_FIRST_ROW = re.compile(rb'(?:\xef\xbb\xbf)?"?\d{1,9}"?,"?\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d\d"?,')
_ROW = re.compile(_FIRST_ROW.pattern.decode("latin-1"))


def is_dump(head: bytes) -> bool:
    """Whether the first bytes of an input are a row of the dump."""
    return _FIRST_ROW.match(head) is not None


def read_dump(stream: BinaryIO, name: str) -> Iterator[tuple[str, RawTelegram] | Rejection]:
    """Telegrams of the dump with the name of their row, in constant memory; malformed rows are rejected by number."""
    csv.field_size_limit(_FIELD_LIMIT)
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="backslashreplace", newline="")
    for count, lines in enumerate(_rows(text), 1):
        row_name = f"{name}:{count}"
        try:
            rows = list(csv.reader(lines, quotechar='"', escapechar="\\", doublequote=True, strict=False))
        except csv.Error as error:
            yield Rejection(row_name, f"malformed CSV row: {error}")
            continue
        row = rows[0] if rows else []
        if len(row) != _COLUMNS or any(rows[1:]):
            yield Rejection(row_name, f"a row of {len(row)} columns where the dump has {_COLUMNS}")
            continue
        yield row_name, _telegram(row)


def _rows(text: io.TextIOWrapper) -> Iterator[list[str]]:
    """The physical lines of each row.

    A row begins where a line begins as one, not where the quotes of the row before say so: a quote too many must not
    swallow the telegrams behind it.
    """
    lines: list[str] = []
    size = 0
    begins = True
    while line := text.readline(_PIECE):
        if begins and lines and _ROW.match(line):
            yield lines
            lines, size = [], 0
        begins = line.endswith("\n")
        size += len(line)
        if size <= _FIELD_LIMIT:
            lines.append(line.replace("\x00", ""))
    if lines:
        yield lines


def _telegram(row: list[str]) -> RawTelegram:
    _, created, declared_id, origin, classification, references, header, body = row
    return RawTelegram(
        body=body.replace("\r\n", "\n").replace("\r", "\n"),
        header=header.replace("\r\n", "\n").replace("\r", "\n"),
        declared_id=declared_id.strip() or None,
        created=read_created(created),
        classification=classification.strip() or None,
        origin=origin.strip() or None,
        references=tuple(part.strip() for part in references.split("|") if part.strip()),
    )
