"""How answers, paragraphs and cables look in a terminal. Cable text is printed as text, never as markup."""

import re
from collections.abc import Iterable
from typing import Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from api.mcp.texts import no_answer_text
from rag.domain.outgoing import Outgoing
from rag.text.sentences import opening

_OPENING = 240  # characters
_MOST_ROWS = 50
_NARROW = ("cable", "date", "paragraph", "citation")
_KEYS = ("paragraph",)
"""Columns left out where the citation says the same."""
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def plain(text: str) -> Text:
    """Untrusted text: no markup is read in it and no control characters reach the terminal."""
    return Text(_CONTROL.sub("�", text))


def print_outgoing(outgoing: Outgoing | None) -> None:
    """What will be sent to another machine, on stderr."""
    if outgoing is not None:
        typer.echo(f"cables: sending {outgoing}", err=True)


def print_answer(console: Console, answer: dict[str, Any], verbose: bool = False) -> None:
    """An `ask` object: the answer, then its sources with the words that support it; quotations are their own."""
    if answer["abstained"]:
        console.print(plain(no_answer_text(answer)))
    else:
        console.print(plain(answer["answer"]))
        console.print()
        if (table := answer.get("table")) is not None:
            print_table(console, table)
        for citation in [] if table is not None else answer["citations"]:
            if not citation["quote"] or citation["quote"] in answer["answer"]:  # a whole cable, or shown already
                continue
            source = Text("  ").append(plain(citation["citation"])).append(": ").append(plain(f'"{citation["quote"]}"'))
            source.stylize("dim")
            console.print(source)
        if answer["reason"]:
            console.print(plain(f"Note: {answer['reason']}"))
    if answer["filters"]:
        filters = (f"{item['field']} {item['value']}{' (preferred)' * item['soft']}" for item in answer["filters"])
        console.print(plain(f"Searched with {', '.join(filters)}."))
    if verbose:
        console.print(plain(f"\nmode {answer['mode']}; searched {answer['searched']}; {answer['timings_ms']} ms"))
        console.print(plain("retrieved " + ", ".join(answer["retrieved"])))


def print_table(console: Console, table: dict[str, Any]) -> None:
    """A `table` object: its first rows, and what they hold."""
    drawn = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    shown = [
        index for index, name in enumerate(table["columns"]) if name not in _KEYS or "citation" not in table["columns"]
    ]
    for name in (table["columns"][index] for index in shown):
        drawn.add_column(name, justify="right" if name == "cables" else "left", no_wrap=name in _NARROW)
    for row in table["rows"][:_MOST_ROWS]:
        drawn.add_row(*(plain("" if row[index] is None else str(row[index])) for index in shown))
    if table["rows"]:
        console.print(drawn)
    if (more := len(table["rows"]) - _MOST_ROWS) > 0:
        console.print(plain(f"and {more:,} more rows; --csv or --json prints all"))
    console.print(plain(f"Counted: {table['rule']}{'' if table['complete'] else '; this may not be all of them'}."))


def print_passages(console: Console, passages: Iterable[dict[str, Any]]) -> None:
    """Search results: citation, date and subject, and the paragraph's opening."""
    for rank, passage in enumerate(passages, 1):
        title = Text(f"{rank:>2}. ").append(plain(passage["citation"]))
        title.stylize("bold")
        about = " · ".join(filter(None, ((passage["date"] or "")[:10], passage["subject"], passage["heading"])))
        console.print(title.append(plain(f"  {about}")))
        console.print(plain(opening(passage["text"], _OPENING)))


def print_cable(console: Console, cable: dict[str, Any]) -> None:
    """A whole cable: its fields as a small table, then the paragraphs as they are laid out."""
    fields = Table.grid(padding=(0, 2))
    for name in (
        "id",
        "date",
        "origin",
        "classification",
        "caveats",
        "subject",
        "tags",
        "references",
        "signers",
        "problems",
    ):
        value = cable[name]
        shown = ", ".join(value) if isinstance(value, list) else value
        if shown:
            fields.add_row(Text(name), plain(shown))
    console.print(Text(cable["label"], style="bold"))
    console.print(fields)
    heading = None
    for paragraph in cable["paragraphs"]:
        if paragraph["heading"] != heading and paragraph["heading"]:
            console.print(plain(f"\n{paragraph['heading']}"))
        heading = paragraph["heading"]
        print_paragraph(console, paragraph)


def print_paragraph(console: Console, paragraph: dict[str, Any]) -> None:
    """One paragraph under its citation, as laid out."""
    marking = f" ({paragraph['marking']})" if paragraph["marking"] else ""
    console.print(Text("\n").append(plain(paragraph["citation"] + marking)))
    console.print(plain(paragraph["layout"]))
