"""A table of text, rendered for a terminal, Markdown or HTML."""

import html
from collections.abc import Sequence
from dataclasses import dataclass

from rich.table import Table as RichTable
from rich.text import Text


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of plain text under a head, escaped by each rendering; `note` goes below the table."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""

    def rich(self) -> RichTable:
        """For a terminal: the first column left-aligned, all others right-aligned."""
        table = RichTable(title=Text(self.title), title_justify="left", caption=Text(self.note) if self.note else None)
        for number, name in enumerate(self.head):
            table.add_column(Text(name), justify="right" if number else "left", overflow="fold")
        for row in self.rows:
            table.add_row(*(Text(cell) for cell in row))
        return table

    def markdown(self) -> str:
        """A pipe table with its title as a heading, as GitHub renders it."""
        lines = [
            f"### {markdown_text(self.title)}",
            "",
            _piped(self.head),
            _piped(["---", *["---:"] * (len(self.head) - 1)], raw=True),
            *(_piped(row) for row in self.rows),
        ]
        if self.note:
            lines += ["", markdown_text(self.note)]
        return "\n".join(lines) + "\n"

    def html(self) -> str:
        """A `table` element in a `figure`; every cell is escaped."""
        head = "".join(f"<th>{html.escape(name)}</th>" for name in self.head)
        rows = "".join(
            "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>\n" for row in self.rows
        )
        note = f"<p class=note>{html.escape(self.note)}</p>" if self.note else ""
        return (
            f"<figure><figcaption>{html.escape(self.title)}</figcaption>\n"
            f"<table><thead><tr>{head}</tr></thead>\n<tbody>{rows}</tbody></table>{note}</figure>\n"
        )


def _piped(cells: Sequence[str], raw: bool = False) -> str:
    return "| " + " | ".join(cell if raw else markdown_text(cell) for cell in cells) + " |"


def markdown_text(text: str) -> str:
    """Escaped text, in which no cell, tag, link or emphasis can start."""
    folded = html.escape(" ".join(text.split()), quote=False)
    for character in "\\|*_`[]":
        folded = folded.replace(character, f"\\{character}")
    return folded
