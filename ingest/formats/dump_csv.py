"""The full dump as CSV, a telegram a row, in the layout as published or as exported again."""

import csv
import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from ingest.errors import NotACable, UnreadableDocument
from ingest.formats import columns
from ingest.formats.csv_layout import FIELD_LIMIT, CsvLayout, UnknownCsv, find_layout
from ingest.formats.decode import encoding_of
from ingest.formats.raw_telegram import RawTelegram

SAMPLE = 64 * 1024  # bytes from which the layout is found
_LINE_PART = 1024 * 1024  # characters of a line read at once, for files that are one endless line
_MOST_NAMES = 8
_FEWEST = 3  # cells of which a row of names or values has fewer only in that line
_LONGEST_END = 4_000  # characters
_ESCAPE = re.compile(r"\\(?:([nrt\\])|N(?=\Z))")
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "\\": "\\", None: ""}
_NO_TABLE = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,80}[<{\[]|%PDF|PK\x03\x04")


def is_dump(head: bytes) -> bool:
    """Whether an input that begins with these bytes is a table in CSV."""
    return not _NO_TABLE.match(head) and find_layout(_sample(head)) is not None


def read_dump(stream: BinaryIO) -> Iterator[RawTelegram | NotACable]:
    """The telegram of each row, or what is wrong with the row, in constant memory."""
    csv.field_size_limit(FIELD_LIMIT)
    head = stream.read(SAMPLE)
    stream.seek(0)
    layout = find_layout(_sample(head))
    if not isinstance(layout, CsvLayout):
        yield UnreadableDocument(_unknown(layout))
        return
    text = io.TextIOWrapper(stream, encoding=encoding_of(head), errors="backslashreplace", newline="")
    empty = True
    for lines in _rows(text, layout):
        for telegram in _read_row(lines, layout):
            empty = False
            yield telegram
    if empty:
        yield UnreadableDocument("a CSV file of names without any row")


def _sample(head: bytes) -> str:
    return head[:SAMPLE].decode(encoding_of(head), errors="replace").replace("\x00", "")


def _unknown(layout: UnknownCsv | None) -> str:
    names = ", ".join(" ".join(name.split())[:30] for name in layout.names[:_MOST_NAMES]) if layout else ""
    return (
        f"a CSV file without a column of telegrams ({names}); "
        "give it a first row of names such as id, date, classification, origin, references, header, body"
    )


def _read_row(lines: list[str], layout: CsvLayout) -> Iterator[RawTelegram | NotACable]:
    width, error = 0, ""
    for escape in layout.escapes:
        try:
            rows = [row for row in _parsed(lines, layout, escape) if _is_record(row, layout)]
        except csv.Error as malformed:
            error = str(malformed)
            continue
        if all(len(row) == layout.width for row in rows):
            yield from (_telegram(row, layout) for row in rows)
            return
        width = width or len(rows[0])
    if error or width == layout.width:
        yield NotACable(f"malformed CSV row: {error or 'quotes that do not match'}")
    else:
        yield NotACable(f"a row of {width} columns where the table has {layout.width}")


def _is_record(row: list[str], layout: CsvLayout) -> bool:
    """Whether a row is no blank one, no row of names, and not the line by which Excel names the delimiter."""
    return any(row) and tuple(row) != layout.names and not (len(row) < _FEWEST and row[0].startswith("sep="))


def _parsed(lines: list[str], layout: CsvLayout, escape: str | None) -> list[list[str]]:
    if layout.plain:
        cells = "".join(lines).rstrip("\r\n").split(layout.delimiter)
        return [[_ESCAPE.sub(lambda match: _ESCAPED[match[1]], cell) for cell in cells]]
    return list(csv.reader(lines, delimiter=layout.delimiter, escapechar=escape))


def _telegram(row: list[str], layout: CsvLayout) -> RawTelegram | NotACable:
    telegram = columns.telegram(layout.columns, row)
    return telegram if telegram.body.strip() or telegram.header.strip() else NotACable("a row without text")


def _rows(text: io.TextIOWrapper, layout: CsvLayout) -> Iterator[list[str]]:
    """The physical lines of each row.

    Rows are told apart by the short cells at their beginning or end, not by quotes: a stray quote must not swallow the
    telegrams after it. Only a table without such cells is cut at its quotes.
    """
    if layout.begins is None and layout.ends is None:
        yield from _quoted_rows(text, layout)
        return
    lines: list[str] = []
    size = 0
    at_line_start = True
    while line := text.readline(_LINE_PART):
        if at_line_start and lines and _starts(line, lines, layout):
            yield lines
            lines, size = [], 0
        at_line_start = line.endswith(("\n", "\r"))
        size += len(line)
        if size <= FIELD_LIMIT:
            lines.append(line.replace("\x00", ""))
    if lines:
        yield lines


def _starts(line: str, above: list[str], layout: CsvLayout) -> bool:
    if layout.begins is not None:
        return layout.begins.match(line) is not None
    return layout.ends is not None and layout.ends.search(above[-1][-_LONGEST_END:]) is not None


def _quoted_rows(text: io.TextIOWrapper, layout: CsvLayout) -> Iterator[list[str]]:
    """The lines of each row, which ends where as many quotes were closed as opened."""
    lines: list[str] = []
    size, inside = 0, False
    while line := text.readline(_LINE_PART):
        size += len(line)
        if size <= FIELD_LIMIT:
            lines.append(line.replace("\x00", ""))
        quotes = line.replace('\\"', "") if layout.escapes[0] else line
        inside ^= quotes.count('"') % 2 == 1
        if not inside and line.endswith(("\n", "\r")):
            yield lines
            lines, size = [], 0
    if lines:
        yield lines
