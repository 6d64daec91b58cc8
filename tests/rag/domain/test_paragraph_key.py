import pytest
from hypothesis import given

from rag.domain.paragraph_key import Locator, ParagraphKey, cable_id_of, locator_of, route_of
from rag.errors import BadInput
from tests.rag.domain.strategies import ids, locators


@given(ids, locators)
def test_a_key_reads_back(cable_id, locator) -> None:  # type: ignore[no-untyped-def]
    key = ParagraphKey(cable_id, locator)
    assert ParagraphKey.parse(str(key)) == key


@given(ids, locators)
def test_a_printed_key_is_split_into_its_cable_id_and_its_locator(cable_id, locator) -> None:  # type: ignore[no-untyped-def]
    key = str(ParagraphKey(cable_id, locator))
    assert (cable_id_of(key), locator_of(key)) == (str(cable_id), str(locator))


def test_the_examples_of_the_design() -> None:
    assert ParagraphKey.parse("07TOKYO2287#5~2").locator == Locator(5, 2)
    assert ParagraphKey.parse("08TOKYO2367#0").locator == Locator(0)
    assert ParagraphKey.parse("08CAIRO9#u2").locator == Locator(2, unnumbered=True)


def test_no_number_is_claimed_that_nobody_printed() -> None:
    assert Locator(0).printed_number is None
    assert Locator(2, unnumbered=True).printed_number is None
    assert Locator(5, 2).printed_number == 5


@pytest.mark.parametrize(
    "text", ["", "08TOKYO2367", "08TOKYO2367#", "08TOKYO2367#x", "08TOKYO2367#u0", "08TOKYO2367#0~2", "#3"]
)
def test_what_is_no_key(text: str) -> None:
    with pytest.raises(BadInput):
        ParagraphKey.parse(text)


@pytest.mark.parametrize(
    ("locator", "words"),
    [
        (Locator(3), "¶ 3"),
        (Locator(5, 2), "¶ 5 (2nd)"),
        (Locator(0), "preamble"),
        (Locator(11, unnumbered=True), "unnumbered, 11th paragraph"),
    ],
)
def test_a_locator_in_words(locator: Locator, words: str) -> None:
    assert locator.in_words == words


def test_a_key_has_a_route() -> None:
    assert route_of("08TOKYO2367#5~2") == "/cables/08TOKYO2367/paragraphs/5~2"
    assert route_of("08TOKYO2367") == "/cables/08TOKYO2367"
