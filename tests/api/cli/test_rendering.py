"""What the terminal shows of answers, results and cables."""

import io
import re
from typing import Any

from rich.console import Console

from api.cli.rendering import paged, plain, print_answer, print_cable, print_passages

HOSTILE = "[bold]not markup[/bold] \x1b[31mred\x07"
ANSWER: dict[str, Any] = {
    "answer": "It was lit. [QUILL 12 ¶1]",
    "abstained": False,
    "reason": None,
    "closest": [],
    "citations": [
        {"key": "08QUILL12#1", "citation": "QUILL 12 ¶1", "quote": HOSTILE, "start": 7, "end": 7 + len(HOSTILE)}
    ],
    "filters": [{"field": "post", "value": "QUILL", "soft": False}, {"field": "date", "value": "2008", "soft": True}],
    "mode": "extractive",
    "searched": {"cables": 7},
    "timings_ms": {"total": 12},
    "retrieved": ["08QUILL12#1"],
}

SOURCE: dict[str, Any] = {
    "key": "08QUILL12#1",
    "citation": "QUILL 12 ¶1",
    "date": "2008-01-02T03:04:05Z",
    "subject": "LIGHTS",
    "text": f"It was {HOSTILE} then.",
}


def terminal() -> tuple[Console, io.StringIO]:
    output = io.StringIO()
    return Console(file=output, width=200, force_terminal=True, color_system=None), output


def printed_answer(verbose: bool = False, **fields: Any) -> str:
    console, output = terminal()
    print_answer(console, ANSWER | fields, [SOURCE], verbose)
    return output.getvalue()


def test_untrusted_text_has_neither_markup_nor_control_characters() -> None:
    assert plain(HOSTILE).plain == "[bold]not markup[/bold] �[31mred�"
    assert "[bold]not markup[/bold] �[31mred�" in printed_answer()


def test_an_answer_has_its_sources_and_filters() -> None:
    text = printed_answer(reason="the model failed")
    assert text.startswith("It was lit. [QUILL 12 ¶1]\n")
    assert re.search(r"QUILL 12 ¶1 +2008-01-02 +LIGHTS +\n +(It )?was \[bold\]not markup", text)
    assert "Note: the model failed" in text
    assert "Searched with post QUILL, date 2008 (preferred)." in text
    assert "retrieved" not in text and "retrieved 08QUILL12#1" in printed_answer(verbose=True)


def test_what_the_answer_says_already_is_not_printed_twice() -> None:
    quote = {"key": "08QUILL12#1", "citation": "QUILL 12 ¶1", "quote": "It was lit.", "start": 0, "end": 11}
    text = printed_answer(citations=[quote, quote])
    assert text.count("It was lit.") == 1 and len(re.findall("2008-01-02 +LIGHTS", text)) == 1


def test_stretches_stand_out() -> None:
    output = io.StringIO()
    console = Console(file=output, width=80, force_terminal=True, color_system="standard")
    print_answer(console, ANSWER, [SOURCE])
    print_passages(console, [SOURCE | {"heading": None, "text": "The lights burn."}], "light")
    assert (
        "\x1b[1m[QUILL 12 ¶1]\x1b[0m" in output.getvalue() and "The \x1b[1;7mlights\x1b[0m burn." in output.getvalue()
    )


def test_passages_that_are_no_answer_are_headed_so() -> None:
    text = printed_answer(abstained=True, reason="nothing is sure; searched 7 cables")
    assert text.startswith("Closest passages, not an answer: nothing is sure; searched 7 cables.\n\nIt was lit.")


def test_an_abstention_has_its_reason_instead_of_sources() -> None:
    text = printed_answer(abstained=True, answer="", reason="nothing is near")
    assert text.startswith("No answer: nothing is near.") and "QUILL 12 ¶1:" not in text


def test_results_show_the_opening_of_a_long_paragraph() -> None:
    console, output = terminal()
    passage = {"citation": "QUILL 12 ¶1", "date": None, "subject": "LIGHTS", "heading": None, "text": "lantern " * 60}
    print_passages(console, [passage], "lights")
    title, subject, *text = (line.strip() for line in output.getvalue().splitlines())
    assert (title, subject) == ("1. QUILL 12 ¶1", "LIGHTS")
    assert 25 <= " ".join(text).count("lantern") <= 30


def test_what_is_not_a_terminal_gets_no_pager() -> None:
    output = io.StringIO()
    console = Console(file=output)
    with paged(console):
        console.print("A lantern.")
        assert output.getvalue() == "A lantern.\n"


def test_a_cable_shows_its_fields_and_each_heading_once() -> None:
    paragraph = {"citation": "QUILL 12 ¶1", "marking": "C", "layout": "A lantern.", "heading": "Lights"}
    empty = dict.fromkeys(("date", "origin", "caveats", "references", "signers", "problems"))
    cable = empty | {
        "label": "QUILL 12",
        "id": "08QUILL12",
        "classification": "SECRET",
        "subject": HOSTILE,
        "tags": ["PREL", "ETRD"],
        "paragraphs": [paragraph, {**paragraph, "citation": "QUILL 12 ¶2", "marking": None}],
    }
    console, output = terminal()
    print_cable(console, cable)
    text = output.getvalue()
    assert text.startswith("QUILL 12\n") and "PREL, ETRD" in text and "signers" not in text
    assert text.count("Lights") == 1
    assert "QUILL 12 ¶1 (C)\nA lantern.\n\nQUILL 12 ¶2\nA lantern.\n" in text


def test_a_table_takes_the_place_of_the_sources_and_says_its_rule() -> None:
    rows = [
        ["2008-01-02", "08QUILL12#1", "QUILL 12 ¶1", HOSTILE],
        *([["2008", "08QUILL13#1", "QUILL 13 ¶1", None]] * 60),
    ]
    table = {"columns": ["date", "paragraph", "citation", "text"], "rows": rows, "complete": False, "rule": "dates"}
    printed = printed_answer(table=table)
    assert "[bold]not markup[/bold] �[31mred�" in printed and "08QUILL12#1" not in printed
    assert "and 11 more rows; --csv or --json prints all" in printed
    assert "Counted: dates; this may not be all of them." in printed
