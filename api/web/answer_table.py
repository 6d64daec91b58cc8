"""The table of an answer from the catalog, under its sentences."""

from collections.abc import Sequence

from api.web.cable_view import permalink
from api.web.markup import node
from rag.domain.answer_table import CABLE, PARAGRAPH, AnswerTable, Cell

_MOST_ROWS = 100
_PROSE = ("subject", "text", "section", "meaning")
_HIDDEN = ("citation",)
"""Columns that another one shows."""


def draw_table(table: AnswerTable) -> None:
    """The first rows in the current slot, cables and paragraphs as links, with the rule below."""
    shown = [index for index, name in enumerate(table.columns) if name not in _HIDDEN]
    with node("section", classes="counted", aria_label="What was counted or listed"):
        with node("table", classes="cables"):
            with node("thead"), node("tr"):
                for index in shown:
                    node("th", table.columns[index], scope="col")
            with node("tbody"):
                for row in table.rows[:_MOST_ROWS]:
                    _row(table.columns, row, shown)
        more = len(table.rows) - _MOST_ROWS
        rest = f"{more:,} more rows; export them as CSV. " if more > 0 else ""
        whole = "" if table.complete else "This may not be all of them. "
        node("p", f"{rest}{whole}Counted: {table.rule}.", "provenance", dir="auto")


def _row(columns: Sequence[str], row: Sequence[Cell], shown: Sequence[int]) -> None:
    with node("tr"):
        for index in shown:
            name, cell = columns[index], row[index]
            text = "" if cell is None else f"{cell:,}" if isinstance(cell, int) else cell
            if name in (CABLE, PARAGRAPH) and text:
                with node("td", classes="name"):
                    node("a", _label(columns, row, text) if name == PARAGRAPH else text, "pill", href=permalink(text))
            else:
                node("td", text, "of" if name in _PROSE else "date", dir="auto")


def _label(columns: Sequence[str], row: Sequence[Cell], key: str) -> str:
    return str(row[columns.index("citation")]) if "citation" in columns else key
