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
_FIRST_ROW = re.compile(rb'(?:\xef\xbb\xbf)?"?\d{1,9}"?,"?\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d\d"?,')


def is_dump(head: bytes) -> bool:
    """Whether the first bytes of an input are a row of the dump."""
    return _FIRST_ROW.match(head) is not None


def read_dump(stream: BinaryIO, name: str) -> Iterator[tuple[str, RawTelegram] | Rejection]:
    """Telegrams of the dump with the name of their row, in constant memory; malformed rows are rejected by number."""
    csv.field_size_limit(_FIELD_LIMIT)
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="backslashreplace", newline="")
    rows = csv.reader(_without_nuls(text), quotechar='"', escapechar="\\", doublequote=True, strict=False)
    count = 0
    while True:
        count += 1
        row_name = f"{name}:{count}"
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Rejection(row_name, f"malformed CSV row: {error}")
            continue
        if not row:
            continue
        if len(row) != _COLUMNS:
            yield Rejection(row_name, f"a row of {len(row)} columns where the dump has {_COLUMNS}")
            continue
        yield row_name, _telegram(row)


def _without_nuls(lines: io.TextIOWrapper) -> Iterator[str]:
    for line in lines:
        yield line.replace("\x00", "")


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
