"""What an answer from the catalog counts or lists, as a table."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rag.domain.paragraph_key import cable_id_of

Cell = str | int | None

CABLE, PARAGRAPH = "cable", "paragraph"
"""Names of the columns that hold ids of cables and keys of paragraphs."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """Rows under `columns`; `rule` says in one line what they hold, `complete` whether they hold all of it."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    complete: bool
    rule: str

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> "AnswerTable":
        """The same from a `table` object."""
        return cls(tuple(fields["columns"]), tuple(map(tuple, fields["rows"])), fields["complete"], fields["rule"])

    @property
    def cables(self) -> tuple[str, ...]:
        """Ids of the cables in its rows, each once."""
        at = [index for index, name in enumerate(self.columns) if name in (CABLE, PARAGRAPH)]
        return tuple(dict.fromkeys(cable_id_of(str(row[index])) for row in self.rows for index in at if row[index]))

    def json(self) -> dict[str, Any]:
        """The `table` object."""
        return {
            "columns": list(self.columns),
            "rows": [list(row) for row in self.rows],
            "complete": self.complete,
            "rule": self.rule,
        }


def table_csv(table: dict[str, Any]) -> str:
    """A `table` object as CSV."""
    return csv_lines([table["columns"], *table["rows"]])


def csv_lines(rows: Iterable[Sequence[Cell]]) -> str:
    """Rows as CSV (RFC 4180). Text that a spreadsheet would compute has an apostrophe in front."""
    out = io.StringIO()
    csv.writer(out).writerows([_plain(cell) for cell in row] for row in rows)
    return out.getvalue()


def table_lines(table: dict[str, Any], most: int) -> list[str]:
    """The first rows of a `table` object, a line each, and a line that says how many more there are."""
    rows = table["rows"]
    lines = [" · ".join(str(cell) for cell in row if cell not in (None, "")) for row in rows[:most]]
    return lines if len(rows) <= most else [*lines, f"and {len(rows) - most:,} more"]


def _plain(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
