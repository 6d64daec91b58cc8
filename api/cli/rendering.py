"""How answers, paragraphs and cables look in a terminal. Cable text is printed as text, never as markup."""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from api.mcp.texts import no_answer_text
from rag.domain.outgoing import Outgoing
from rag.domain.span import Span
from rag.text.snippet import snippet_of

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


def print_answer(
    console: Console, answer: dict[str, Any], sources: Sequence[dict[str, Any]] = (), verbose: bool = False
) -> None:
    """An `ask` object, then where it is from.

    `sources` are the JSON objects that `GET /search` gives of the paragraphs it cites.
    """
    if answer["abstained"]:
        console.print(plain(no_answer_text(answer)))
    else:
        stated = plain(answer["answer"])
        stated.highlight_words([f"[{each['citation']}]" for each in answer["citations"]], "bold")
        console.print(stated)
    if (table := answer.get("table")) is not None and not answer["abstained"]:
        console.print()
        print_table(console, table)
    elif sources:
        console.print()
        _print_sources(console, answer, sources)
    if answer["reason"] and not answer["abstained"]:
        console.print(plain(f"Note: {answer['reason']}"))
    if answer["filters"]:
        filters = (f"{item['field']} {item['value']}{' (preferred)' * item['soft']}" for item in answer["filters"])
        console.print(plain(f"Searched with {', '.join(filters)}."))
    if verbose:
        console.print(plain(f"\nmode {answer['mode']}; searched {answer['searched']}; {answer['timings_ms']} ms"))
        console.print(plain("retrieved " + ", ".join(answer["retrieved"])))


def _print_sources(console: Console, answer: dict[str, Any], sources: Iterable[dict[str, Any]]) -> None:
    """A line for each paragraph; below it the words that support the answer, where it does not say them itself."""
    drawn = Table.grid(padding=(0, 2))
    for name in ("citation", "date", "source"):
        drawn.add_column(no_wrap=name == "date", max_width=24 if name == "citation" else None)
    for source in sources:
        quotes = [each for each in answer["citations"] if each["key"] == source["key"] and each["quote"]]
        spans = [Span(each["start"], each["end"]) for each in quotes if each["quote"] not in answer["answer"]]
        cell = Text("\n").join(filter(None, (plain(source["subject"] or ""), _quoted(source["text"], spans))))
        drawn.add_row(plain(source["citation"]), (source["date"] or "undated")[:10], cell)
    console.print(drawn)


def _quoted(text: str, spans: list[Span]) -> Text:
    return marked(*snippet_of(text, [[span] for span in spans])) if spans else Text()


def marked(text: str, spans: Iterable[Span]) -> Text:
    """Untrusted text with stretches that stand out."""
    shown = plain(text)
    for span in spans:
        shown.stylize("bold reverse", span.start, span.end)
    return shown


@contextmanager
def paged(console: Console) -> Iterator[None]:
    """On a terminal, what is printed in this block goes through the pager (PAGER), unless it fits the screen."""
    if not console.is_terminal:
        yield
        return
    os.environ.setdefault("LESS", "FRX")  # as git has it: nothing to leave where all fits, colours, no other screen
    with console.pager(styles=True):
        yield


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


def print_passages(console: Console, passages: Iterable[dict[str, Any]], query: str) -> None:
    """Search results: citation, date and subject, and a stretch of the paragraph with the words of the query."""
    from rag.index.word_matches import word_matches

    drawn = Table.grid(padding=(0, 1))
    drawn.add_column(justify="right", no_wrap=True)
    for rank, passage in enumerate(passages, 1):
        title = plain(" · ".join(filter(None, (passage["citation"], (passage["date"] or "")[:10]))))
        title.stylize("bold")
        about = plain(" · ".join(filter(None, (passage["subject"], passage["heading"]))))
        shown = marked(*snippet_of(passage["text"], word_matches(query, passage["text"]), _OPENING))
        drawn.add_row(f"{rank}.", Text("\n").join(filter(None, (title, about, shown))))
    console.print(drawn)


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
