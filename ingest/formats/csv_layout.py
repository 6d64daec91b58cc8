"""How a table in CSV is laid out: delimiter, names, columns, and where a row begins or ends.

The dump was published with eight columns and without names. People export it again with names, in other orders, with
ISO dates, semicolons or tabs, and with quotes either doubled or after a backslash.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from ingest.formats import columns
from ingest.formats.metadata import parse_created

FIELD_LIMIT = 16 * 1024 * 1024  # characters; the longest telegrams have under 1 MB
_DELIMITERS = ",;\t|"
_SAMPLE_ROWS = 20
_PUBLISHED = {
    "created": 1, "id": 2, "origin": 3, "classification": 4, "references": 5, "header": 6, "body": 7,
}  # fmt: skip
_PUBLISHED_WIDTH = 8
_SEPARATOR_LINE = re.compile(r"sep=(?P<delimiter>[,;\t|])\r?\n")
_BACKSLASH_QUOTE = re.compile(r'(?<=[^"\\,;\t|\n])\\"(?![,;\t|]|\r?\n|$)')
_MOST_ANCHORED = 8  # columns
_LONGEST_NAME = 60  # characters
_ANCHORS = frozenset(("id", "created"))
_TIME = r"(?:[ T]\d{1,2}:\d\d[\d:.]{0,12}(?: ?[AP]M)?(?: ?Z| ?[+-]\d\d:?\d\d)?)?"
_DATE = (
    rf"(?:\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{1,4}}{_TIME}|\d{{1,2}}[- ][A-Z][A-Za-z]{{2,8}}[- ]\d{{2,4}}{_TIME}"
    r"|(?:[A-Z][a-z]{2,8},? ){1,2}\d{1,2},? [\d :+-]{4,24})"
)
_ID = r"\d{2,8}[ _-]?[A-Za-z][A-Za-z .'_-]{1,40}\d{1,8}(?:_[a-z])?"


@dataclass(frozen=True, slots=True)
class CsvLayout:
    """A table's layout. `width` is the number of columns; `columns` holds the column of each role.

    `begins` matches the first line of a row, `ends` the last, where the short columns at that side tell it for certain.
    `names` is the row of names, if there is one. `escapes` are the escape characters to try, None for none.
    `plain` is true where nothing is quoted and line breaks within a cell are written as `\\n`.
    """

    delimiter: str
    width: int
    columns: Mapping[str, int]
    names: tuple[str, ...] = ()
    begins: re.Pattern[str] | None = None
    ends: re.Pattern[str] | None = None
    escapes: tuple[str | None, ...] = ("\\", None)
    plain: bool = False


@dataclass(frozen=True, slots=True)
class UnknownCsv:
    """A table in CSV without a column of telegrams; `names` are the cells of its first row."""

    names: tuple[str, ...]


def find_layout(sample: str) -> CsvLayout | UnknownCsv | None:
    """The layout of a table that begins with `sample`; None for other text."""
    forced = _SEPARATOR_LINE.match(sample)
    text = sample[forced.end() :] if forced else sample
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiters = [each for each in (forced["delimiter"] if forced else _DELIMITERS) if each in first]
    found = [layout for delimiter in delimiters if (layout := _with(delimiter, text))]
    known = [layout for layout in found if isinstance(layout, CsvLayout)]
    # Text within the cells holds the other delimiters, but makes no columns.
    return max(known, key=lambda layout: len(layout.columns), default=found[0] if found else None)


def _with(delimiter: str, text: str) -> CsvLayout | UnknownCsv | None:
    escapes = ("\\", None) if _BACKSLASH_QUOTE.search(text) else (None, "\\")
    rows = _first_rows(text, delimiter, escapes[0])
    if not rows or len(rows[0]) < 2:
        return None
    width = len(rows[0])
    names = _names(rows)
    body = rows[1:] if names else rows
    whole = [row for row in body if len(row) == width]
    cut_off = len(rows) == 1 and text.count('"') % 2 == 1
    if not names and _is_published(rows[0], cut_off):
        width = _PUBLISHED_WIDTH
        assigned: dict[str, int] | None = dict(_PUBLISHED)
        escapes = ("\\", None)
    else:
        assigned = columns.assign(names or [""] * width, whole)
    if not assigned or not (names or "id" in assigned or _hold_telegrams(whole, assigned["body"])):
        return UnknownCsv(tuple(rows[0])) if _is_table(rows, text, delimiter, bool(names)) else None
    plain = '"' not in text and delimiter == "\t"
    kinds = [_kind(index, assigned, whole) for index in range(width)]
    lines = text.splitlines(keepends=True)
    begins, ends = _begins(kinds, delimiter, lines), _ends(kinds, delimiter, lines)
    return CsvLayout(delimiter, width, assigned, tuple(names), begins, ends, escapes, plain)


def _first_rows(text: str, delimiter: str, escape: str | None) -> list[list[str]]:
    csv.field_size_limit(FIELD_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, escapechar=escape)
    try:
        rows = [row for row in islice(reader, _SAMPLE_ROWS) if any(row)]
    except csv.Error:
        return []
    return rows


def _names(rows: Sequence[Sequence[str]]) -> list[str]:
    """The first row as names of columns; empty where it is a row of values."""
    row = rows[0]
    if any(len(cell) > _LONGEST_NAME or columns.is_cable_id(cell) or parse_created(cell) for cell in row):
        return []
    roles = {columns.role_named(name) for name in row} - {None}
    above_telegrams = len(rows) > 1 and len(rows[1]) == len(row) and any(map(columns.is_telegram_text, rows[1]))
    return list(row) if above_telegrams or ("body" in roles and len(roles) > 1) else []


def _is_published(row: Sequence[str], cut_off: bool) -> bool:
    """Whether a row is one of the dump as published; `cut_off` where the sample ends within it."""
    whole = len(row) == _PUBLISHED_WIDTH or (cut_off and 2 < len(row) < _PUBLISHED_WIDTH)
    return whole and row[0].strip().isdigit() and parse_created(row[1]) is not None


def _hold_telegrams(rows: Sequence[Sequence[str]], body: int) -> bool:
    return bool(rows) and all(columns.is_telegram_text(row[body]) for row in rows[:3] if row[body].strip())


def _is_table(rows: Sequence[Sequence[str]], text: str, delimiter: str, named: bool) -> bool:
    """Whether a text is certainly a table: quoted cells side by side, or many rows of the same width."""
    width = len(rows[0])
    quoted = f'"{delimiter}"' in text.split("\n", 1)[0]
    if quoted or (named and len(rows) > 1) or (width > 1 and any(map(columns.is_telegram_text, rows[0]))):
        return True
    same = [row for row in rows if len(row) == width]
    return width > 2 and len(same) > 2 and len(same) >= len(rows) - 1  # the last row may be cut off


def _kind(index: int, assigned: Mapping[str, int], rows: Sequence[Sequence[str]]) -> str:
    """The kind of a column's cells: a role that anchors a row, `number`, `short` or `text`."""
    role = next((role for role, column in assigned.items() if column == index), "")
    cells = [row[index] for row in rows if index < len(row)]
    if role in {"body", "header"} or any(map(columns.is_long_text, cells)):
        return "text"
    if role in {"id", "created"}:
        return role
    return "number" if cells and all(cell.strip().isdigit() for cell in cells) else "short"


def _begins(kinds: Sequence[str], delimiter: str, lines: Sequence[str]) -> re.Pattern[str] | None:
    """The beginning of a row: its cells up to an id or date, two of them of a certain form or a quote behind.

    None where no line of the sample begins so.
    """
    before_text = next((index for index, kind in enumerate(kinds) if kind == "text"), len(kinds))
    certain = 0
    for index, kind in enumerate(kinds[: min(before_text, _MOST_ANCHORED)]):
        certain += kind != "short"
        if kind in _ANCHORS and (certain > 1 or not _ANCHORS.intersection(kinds[index + 1 : before_text])):
            quote = "" if certain > 1 else '"'
            pattern = re.compile(f"{_cells(kinds[: index + 1], delimiter)}{re.escape(delimiter)}{quote}")
            return pattern if any(map(pattern.match, lines)) else None
    return None


def _ends(kinds: Sequence[str], delimiter: str, lines: Sequence[str]) -> re.Pattern[str] | None:
    """The end of a row: the quote that closes its last text, and all cells behind, an id or date among them."""
    count = next((size for size, kind in enumerate(reversed(kinds)) if kind == "text"), 0)
    short = kinds[len(kinds) - count :]
    if count > _MOST_ANCHORED or not _ANCHORS.intersection(short):
        return None
    pattern = re.compile(rf'"?{re.escape(delimiter)}{_cells(short, delimiter)}\r?\n?\Z')
    return pattern if any(map(pattern.search, lines)) else None


def _cells(kinds: Sequence[str], delimiter: str) -> str:
    patterns = {
        "id": f'"?{_ID}"?',
        "created": f'"?{_DATE}"?',
        "number": r'"?\d{0,12}"?',
        "short": rf'(?:"(?:[^"\n\\]|""|\\.){{0,400}}"|[^"\n{re.escape(delimiter)}]{{0,400}})',
    }
    return re.escape(delimiter).join(patterns[kind] for kind in kinds)
