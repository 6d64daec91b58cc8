"""Numbers that are in the sources or computed from them, and numbers that are not."""

from datetime import UTC, datetime

import pytest

from rag.answers.number_support import missing_months, missing_numbers
from tests.rag.samples import make_retrieved

SOURCE = make_retrieved(
    "08QUILL1#1",
    "Of 33 crossings 6 stay. Debt rose from 1.2 to 7.5 billion. Last year it fell, as three years ago and A YEAR AGO.",
    day=datetime(2008, 8, 28, tzinfo=UTC),
)


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        ("Of 33 crossings six stay, as was said in 2008.", []),
        ("They close 27 crossings, which leaves six.", []),
        ("They close 27 crossings.", ["27"]),
        ("They close 26 crossings, which leaves six.", ["26"]),
        ("The debt grew to some six times as much.", []),
        ("Three quarters of the crossings close.", []),
        ("Debt fell in 2007 as in 2005, and not in 2006 or 2009.", ["2006", "2009"]),
    ],
)
def test_a_computed_number_needs_a_word_that_says_so(sentence: str, missing: list[str]) -> None:
    assert missing_numbers(sentence, SOURCE.text, [SOURCE]) == missing


def test_a_day_of_the_text_is_of_the_year_that_the_date_of_the_cable_makes_likely() -> None:
    source = make_retrieved("09QUILL1#1", "They met on December 30.", day=datetime(2009, 1, 3, tzinfo=UTC))
    assert missing_numbers("They met on 30 December 2008.", source.text, [source]) == []
    assert missing_numbers("They met on 30 December 2007.", source.text, [source]) == ["2007"]
    assert missing_numbers("They met on 29 December 2008.", source.text, [source]) == ["2008", "29"]


def test_the_date_of_the_cable_is_no_missing_month() -> None:
    assert missing_months("It was said on 28 August 2008.", SOURCE.text, [SOURCE]) == []
    assert missing_months("It was said in March.", SOURCE.text, [SOURCE]) == ["mar"]
