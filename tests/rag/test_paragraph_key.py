import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import BadInput
from rag.paragraph_key import Locator, ParagraphKey
from tests.rag.test_cable_id import ids

numbered = st.builds(Locator, st.integers(1, 999), st.integers(1, 9))
unnumbered = st.builds(Locator, st.integers(1, 999), st.just(1), st.just(True))
locators = st.one_of(numbered, unnumbered, st.just(Locator(0)))


@given(ids, locators)
def test_a_key_reads_back(cable_id, locator) -> None:  # type: ignore[no-untyped-def]
    key = ParagraphKey(cable_id, locator)
    assert ParagraphKey.parse(str(key)) == key


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
