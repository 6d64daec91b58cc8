import pytest

from rag.query.named_times import named_times


@pytest.mark.parametrize(
    ("question", "named", "period"),
    [
        ("What changed in 2006?", "2006", "2006"),
        ("Who left in March 2006?", "March 2006", "2006-03"),
        ("Who left on 14 March 2006?", "14 March 2006", "2006-03-14"),
        ("Who left on March 14, 2006?", "March 14, 2006", "2006-03-14"),
        ("Who left before 2008?", "before 2008", "until 2007-12-31"),
        ("Who left after 12 Sept 2006?", "after 12 Sept 2006", "since 2006-09-13"),
        ("Who has ruled since May 2007?", "since May 2007", "since 2007-05-01"),
        ("What was said until 2007?", "until 2007", "until 2007-12-31"),
        ("What was built from 2006 onwards?", "from 2006 onwards", "since 2006-01-01"),
        ("What changed between 2006 and early 2008?", "between 2006 and early 2008", "2006-01-01 to 2008-05-31"),
        ("Who met between March and May 2008?", "between March and May 2008", "2008-03-01 to 2008-05-31"),
        ("What of the 2006-2008 plan?", "the 2006-2008", "2006-01-01 to 2008-12-31"),
        ("Who won in the spring of 2006?", "the spring of 2006", "2006-03-01 to 2006-06-30"),
        ("Who won at the end of 2005?", "the end of 2005", "2005-08-01 to 2005-12-31"),
    ],
)
def test_a_time_means_what_its_words_say(question: str, named: str, period: str) -> None:
    [time] = named_times(question)
    assert (question[time.start : time.end], str(time.period)) == (named, period)


@pytest.mark.parametrize("question", ["Who paid 2,008 or 12008?", "Who won on 31 February 2006?", "In which year?"])
def test_what_is_no_time_is_not_read(question: str) -> None:
    assert named_times(question) == []


def test_several_times_are_read_in_order() -> None:
    assert [str(time.period) for time in named_times("Was it 2006, or before May 2005?")] == [
        "2006",
        "until 2005-04-30",
    ]


def test_no_question_slows_it() -> None:
    assert len(named_times("between 2006 and " * 300)) == 300


@pytest.mark.parametrize(
    ("question", "period"),
    [
        ("everything dated 24 February 2010 or later", "since 2010-02-24"),
        ("cables of 2006 or earlier", "until 2006-12-31"),
        ("Ostermere, November and December 2008", "2008-11-01 to 2008-12-31"),
        ("in March and December 2008", "2008-12"),
    ],
)
def test_words_behind_a_time_and_two_months_widen_it(question: str, period: str) -> None:
    [*_, time] = named_times(question)
    assert str(time.period) == period
