from datetime import date

import pytest

from rag.query.year_parts import year_parts


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("the first six months of 2007", date(2007, 1, 1), date(2007, 6, 30)),
        ("the last 3 months of 2007", date(2007, 10, 1), date(2007, 12, 31)),
        ("the second half of 2007", date(2007, 7, 1), date(2007, 12, 31)),
        ("the first quarter of 2008", date(2008, 1, 1), date(2008, 3, 31)),
        ("in the 1970s", date(1970, 1, 1), date(1979, 12, 31)),
        ("2008 or later", date(2008, 1, 1), None),
        ("2008 and earlier", None, date(2008, 12, 31)),
        ("June 2009 to January 2010", date(2009, 6, 1), date(2010, 1, 31)),
        ("2007-2008", date(2007, 1, 1), date(2008, 12, 31)),
    ],
)
def test_parts_of_years(words: str, first: date | None, last: date | None) -> None:
    [time] = year_parts(words)
    assert (time.period.first, time.period.last) == (first, last)


@pytest.mark.parametrize("words", ["in 2008", "the first thirteen months of 2007", "2009 to 2007"])
def test_other_times_are_none(words: str) -> None:
    assert year_parts(words) == []
