import pytest

from rag.domain.span import Span
from rag.text.edit import apply_edits
from rag.text.relative_dates import date_edits

WEDNESDAY = "2008-08-27T13:37:00+00:00"


def resolved(sentence: str, sent: str | None = WEDNESDAY) -> str:
    span = Span(0, len(sentence))
    return apply_edits(sentence, span, date_edits(sentence, span, sent))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It sailed yesterday.", "It sailed yesterday [26 August 2008]."),
        ("It sails tomorrow.", "It sails tomorrow [28 August 2008]."),
        ("It sailed earlier today.", "It sailed earlier today [27 August 2008]."),
        ("It sailed last week.", "It sailed last week [week of 18 August 2008]."),
        ("It sails this month.", "It sails this month [August 2008]."),
        ("It sails next year.", "It sails next year [2009]."),
    ],
)
def test_a_relative_date_is_followed_by_its_date(sentence: str, expected: str) -> None:
    assert resolved(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        'He said: "We sailed last week."',
        "He said: “We sailed last week.”",
        "On May 3 he said that it had sailed last week.",
        "Prices rose over the last year.",
        "Last week's ferry was late.",
    ],
)
def test_a_relative_date_that_counts_from_another_day_stays(sentence: str) -> None:
    assert resolved(sentence) == sentence


@pytest.mark.parametrize(
    ("sent", "sentence", "expected"),
    [
        (None, "It sailed yesterday.", "It sailed yesterday."),
        ("2008-08-27T23:10:00+00:00", "It sailed yesterday.", "It sailed yesterday."),
        ("2008-08-27T00:00:00+00:00", "It sailed yesterday.", "It sailed yesterday [26 August 2008]."),
        ("2008-08-31T12:00:00+00:00", "It sailed last week.", "It sailed last week."),
        ("2008-08-31T12:00:00+00:00", "It sailed last month.", "It sailed last month."),
        ("2009-01-07T12:00:00+00:00", "It sailed last month.", "It sailed last month [December 2008]."),
    ],
)
def test_the_cables_own_date_decides_what_is_certain(sent: str | None, sentence: str, expected: str) -> None:
    assert resolved(sentence, sent) == expected
