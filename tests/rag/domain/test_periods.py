import re
from datetime import date

import pytest

from rag.domain.periods import MONTH, MONTHS, SHORT_MONTH, Period


@pytest.mark.parametrize(
    ("name", "number"), [("january", 1), ("jan", 1), ("may", 5), ("sep", 9), ("sept", 9), ("september", 9), ("dec", 12)]
)
def test_a_month_has_its_number_by_name_and_by_abbreviation(name: str, number: int) -> None:
    assert MONTHS[name] == number


def test_the_longest_spelling_of_a_month_is_matched_first() -> None:
    assert re.match(MONTH, "September 2007", re.IGNORECASE)[0] == "September"  # type: ignore[index]


def test_the_short_months_are_the_twelve_of_three_letters() -> None:
    assert [MONTHS[name] for name in sorted(SHORT_MONTH.split("|"), key=lambda name: MONTHS[name])] == [*range(1, 13)]


@pytest.mark.parametrize(
    ("year", "month", "first", "last", "printed"),
    [
        (2008, None, date(2008, 1, 1), date(2008, 12, 31), "2008"),
        (2008, 2, date(2008, 2, 1), date(2008, 2, 29), "2008-02"),
        (2007, 12, date(2007, 12, 1), date(2007, 12, 31), "2007-12"),
    ],
)
def test_a_period_reaches_from_its_first_to_its_last_day(
    year: int, month: int | None, first: date, last: date, printed: str
) -> None:
    period = Period.of(year, month)
    assert (period.first, period.last) == (first, last)
    assert str(period) == printed
