import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.domain.cable_id import CableId
from rag.domain.citation import TypedCitation, cable_label, cite, find_citations, read_citation
from rag.domain.paragraph_key import Locator
from tests.rag.domain.strategies import ids, locators

TOKYO = CableId.parse("08TOKYO2367")


def test_labels() -> None:
    assert cable_label("TOKYO", TOKYO) == "TOKYO 2367"
    assert cable_label("NEW DELHI", CableId.parse("08NEWDELHI123"), with_year=True) == "08 NEW DELHI 123"


@pytest.mark.parametrize(
    ("locator", "citation"),
    [
        (Locator(3), "TOKYO 2367 ¶3"),
        (Locator(5, 2), "TOKYO 2367 ¶5 (2nd)"),
        (Locator(5, 11), "TOKYO 2367 ¶5 (11th)"),
        (Locator(0), "TOKYO 2367 (preamble)"),
        (Locator(2, unnumbered=True), "TOKYO 2367 (unnumbered, 2nd paragraph)"),
    ],
)
def test_citations(locator: Locator, citation: str) -> None:
    assert cite("TOKYO 2367", locator) == citation


@given(ids, locators, st.booleans())
def test_every_citation_we_print_reads_back(cable_id: CableId, locator: Locator, with_year: bool) -> None:
    printed = cite(cable_label(cable_id.post, cable_id, with_year), locator)
    typed = read_citation(printed)
    assert typed is not None
    assert (typed.serial, typed.locator) == (cable_id.serial, locator)
    assert cable_id.post in typed.posts()
    assert typed.year == (cable_id.year if with_year else None)


@given(ids, locators)
def test_every_key_reads_as_a_citation(cable_id: CableId, locator: Locator) -> None:
    typed = read_citation(f"{cable_id}#{locator}")
    assert typed is not None
    assert (typed.year, next(typed.posts()), typed.locator) == (cable_id.year, cable_id.post, locator)


@pytest.mark.parametrize(
    "text",
    [
        "Tokyo 2367 para 3",
        "tokyo 2367 paragraph 3",
        "Tokyo 2367, para. 3",
        "tokyo 2367 ¶ 3",
        "TOKYO 2367¶3",
        "08TOKYO2367#3",
        "08TOKYO2367 #3",
        "08 Tokyo 2367 ¶3",
        "2008TOKYO2367 ¶3",
        "[TOKYO 2367 ¶3]",
        "TOKYO 002367 ¶3.",
        "paragraph 3 of Tokyo 2367",
        "TOKYO\u00a02367 ¶\u00a03",
        "Tokyo-2367 p. 3",
    ],
)
def test_what_people_type(text: str) -> None:
    typed = read_citation(text)
    assert typed is not None
    assert (next(typed.posts()), typed.serial, typed.locator) == ("TOKYO", 2367, Locator(3))


def test_posts_of_two_words() -> None:
    typed = read_citation("new delhi 123 ¶ 4")
    assert typed is not None
    assert next(typed.posts()) == "NEWDELHI"


@pytest.mark.parametrize("text", ["", "Tokyo", "2367", "what is up", "TOKYO 2367 and more words", "TOKYO 23.67"])
def test_what_is_no_citation(text: str) -> None:
    assert read_citation(text) is None


def test_citations_in_a_sentence() -> None:
    found = find_citations("Does 08TOKYO3205 agree with new delhi 123 para 4?")
    assert [(each.serial, each.locator) for each in found] == [(3205, None), (123, Locator(4))]
    assert list(found[1].posts()) == ["AGREEWITHNEWDELHI", "WITHNEWDELHI", "NEWDELHI", "DELHI"]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("TOKYO 2367, ¶¶3-5", [3, 4, 5]),
        ("Tokyo 2367 paras 3, 5 and 7", [3, 5, 7]),
        ("TOKYO 2367 ¶¶ 2, 4–6", [2, 4, 5, 6]),
        ("08TOKYO2367#3-4", [3, 4]),
        ("TOKYO 2367 ¶3, 12 others and 5 more", [3]),
        ("TOKYO 2367 ¶¶3-2008", [3, 2008]),
        ("TOKYO 2367 ¶¶3, 08TOKYO2368", [3]),
        ("08TOKYO2367, August 28, 2008, para. 3", [3]),
    ],
)
def test_ranges_and_lists_of_paragraphs(text: str, numbers: list[int]) -> None:
    first = find_citations(text)[0]
    assert first.locator is not None
    assert [first.locator, *first.further] == [Locator(number) for number in numbers]


@pytest.mark.parametrize(
    ("text", "written", "words"),
    [
        ("… ½ ﬁne “TOKYO 2367 ¶3”", "TOKYO 2367 ¶3", ("TOKYO",)),
        ("in São Paulo 12", "São Paulo 12", ("SAO", "PAULO")),
        ("＃ 08TOKYO２３６７", "08TOKYO２３６７", ("TOKYO",)),
        ("see 07 PORT ZEPHYR 112", "07 PORT ZEPHYR 112", ("PORT", "ZEPHYR")),
        ("¶3 of Tokyo 2367", "¶3 of Tokyo 2367", ("TOKYO",)),
    ],
)
def test_a_citation_is_found_where_it_stands(text: str, written: str, words: tuple[str, ...]) -> None:
    [found] = find_citations(text)
    of_post = found.with_post("".join(words))
    assert (text[of_post.start : of_post.end], of_post.words) == (written, words)
    assert text[of_post.word_starts[0]].upper() in (words[0][0], "Ã")


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text: str) -> None:
    assert all(isinstance(each, TypedCitation) for each in find_citations(text))


@pytest.mark.parametrize("unit", ["a ", "8", "¶", "TOKYO ", "08TOKYO", "para ", "TOKYO 2 ¶¶3, ", "and 07 "])
def test_reading_is_linear(unit: str) -> None:
    started = time.perf_counter()
    find_citations(unit * 30_000)
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize(
    ("text", "posts", "serial", "year"),
    [
        ("MADRID 766 of 2006", "MADRID", 766, 6),
        ("the Madrid cable 766 of 2006", "MADRID", 766, 6),
        ("LONDON 1991 from 2008", "LONDON", 1991, 8),
        ("Bogotá 683", "BOGOTA", 683, None),
    ],
)
def test_the_year_and_the_word_cable_may_stand_around_the_serial(
    text: str, posts: str, serial: int, year: int | None
) -> None:
    [typed] = find_citations(text)
    assert (typed.serial, typed.year) == (serial, year)
    assert posts in typed.posts()
