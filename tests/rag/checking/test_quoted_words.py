import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.checking.quoted_words import SourceWords, differences, pieces_of, quoted_tokens, words_of
from rag.domain.span import Span

SOURCE = 'The harbour  master said: "We can\'t close the port -- not in\nMarch," and left for the U.S. Embassy [sic] at 5 p.m.'


def words(quotation: str) -> list[list[str]]:
    return words_of(pieces_of(quoted_tokens(quotation, [Span(0, len(quotation))])))


@pytest.mark.parametrize(
    "quotation",
    [
        "The harbour master said",
        "the HARBOUR master said:",
        "We can’t close the port — not in March,",
        "said: ‘We can’t close the port",
        "We can't ... close",
        "[T]he harbour master ... left for the U.S. Embassy",
        "The harbour master […] left",
        "We can’t close the port . . . and left",
        "[Quaxworth] said: “We [the port] can’t close",
        "not in March.",
        "Embassy [sic] at 5 p.m.",
    ],
)
def test_what_a_careful_reader_takes_for_the_same(quotation: str) -> None:
    assert SourceWords(SOURCE).holds(words(quotation))


@pytest.mark.parametrize(
    "quotation",
    [
        "The harbour master says",
        "We can close the port",
        "left … The harbour master",  # in another order
        "We can't close the port not in March",  # without the dash
        "harbour mast",
        "...",
    ],
)
def test_what_is_not_the_same(quotation: str) -> None:
    assert not SourceWords(SOURCE).holds(words(quotation))


def changed(quotation: str, source: str = SOURCE) -> list[tuple[str, str]] | None:
    pieces = pieces_of(quoted_tokens(quotation, [Span(0, len(quotation))]))
    found = differences(quotation, pieces, SourceWords(source))
    assert all(quotation[each.start : each.end] == each.draft for each in found or ())
    return None if found is None else [(each.draft, each.source) for each in found]


@pytest.mark.parametrize(
    ("quotation", "expected"),
    [
        ("The harbour master says: We can't close the port", [("says", "said")]),
        ("We can't close port -- not in March", [("", "the")]),
        ("We simply can't close the port — not in March", [("simply", "")]),
        ("We can't shut the port ... and left for the US Embassy", [("shut", "close")]),
        ("Nobody ever heard of a lighthouse", None),
        ("", None),
    ],
)
def test_differences(quotation: str, expected: list[tuple[str, str]] | None) -> None:
    assert changed(quotation) == expected


def test_the_nearest_place_is_found_among_many_words() -> None:
    chance = random.Random(4)  # noqa: S311 - the same words each time
    source = " ".join(chance.choice("the of and a report minister port lamp".split()) for _ in range(3000))
    source = f"{source} He told the harbour master in confidence that eleven barrels were hidden {source}"
    assert changed("He told the harbor master in confidence that twelve barrels were hidden", source) == [
        ("harbor", "harbour"),
        ("twelve", "eleven"),
    ]


@given(st.text(max_size=200), st.text(max_size=200))
def test_no_text_breaks_the_comparison(quotation: str, source: str) -> None:
    changed(quotation, source)
    assert (
        not words(quotation) or SourceWords(quotation).holds(words(quotation)) or "[" in quotation or "." in quotation
    )


@pytest.mark.parametrize("unit", ["a ", "[", "[a", "…", ". ", "'", "a'", "-"])
def test_reading_is_linear(unit: str) -> None:
    started = time.perf_counter()
    SourceWords(unit * 100_000).holds(words(unit * 100_000))
    assert time.perf_counter() - started < 10
