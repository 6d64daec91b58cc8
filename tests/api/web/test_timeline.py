"""Counts by month as bars."""

from datetime import date

from api.web.timeline import Bar, bars


def test_bars_have_no_gaps_and_turn_to_years() -> None:
    made = bars([("2007-12", 2), ("2008-02", 5)])
    assert [(bar.name, bar.count) for bar in made] == [("December 2007", 2), ("January 2008", 0), ("February 2008", 5)]
    assert made[2].last == date(2008, 2, 29)
    long = bars([("1973-03", 1), ("1973-05", 1), ("2008-02", 5)])
    assert len(long) == 36 and long[0] == Bar("1973", date(1973, 1, 1), date(1973, 12, 31), 2)
    assert bars([]) == []
