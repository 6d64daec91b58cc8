from datetime import date

import pytest

from rag.text.event_dates import event_dates

SENT = date(2009, 12, 2)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("On November 20 the plane left.", ["2009-11-20"]),
        ("On 3 May 2008 and on May 5th, 2008 they met.", ["2008-05-03", "2008-05-05"]),
        ("It is due on January 10.", ["2010-01-10"]),  # soon after the cable
        ("They met on June 9.", ["2009-06-09"]),
        ("In January 2007 a report was made.", ["2007-01"]),
        ("On February 30 nothing.", []),
        ("He may go.", []),
    ],
)
def test_days_get_the_likely_year(text: str, dates: list[str]) -> None:
    assert list(event_dates(text, SENT)) == dates
