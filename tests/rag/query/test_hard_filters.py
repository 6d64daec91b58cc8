from datetime import date

import pytest

from rag.domain.filters import Filters
from rag.query.hard_filters import merged, posts_not_held, read_hard_filters

POSTS = {"MADRID": "MADRID", "PORTZEPHYR": "PORT ZEPHYR", "PARIS": "PARIS"}


@pytest.mark.parametrize(
    ("question", "conditions"),
    [
        (
            "In cables sent from Madrid in 2007, who won?",
            {"post": "MADRID", "date_from": "2007-01-01", "date_to": "2007-12-31"},
        ),
        ("What do the cables from Port Zephyr say of eels?", {"post": "PORTZEPHYR"}),
        (
            "In cables from Paris in February 2008, who spoke?",
            {"post": "PARIS", "date_from": "2008-02-01", "date_to": "2008-02-29"},
        ),
        ("According to the embassy in Paris, who lost?", {"post": "PARIS"}),
        ("Which secret telegrams speak of eels?", {"classification": "SECRET"}),
        ("What do cables tagged PREL and ECON say of eels?", {"tag": "ECON PREL"}),
        ("What do cables with the TAGS PREL say of tags and EELS?", {"tag": "PREL"}),
        ("What secret did the cable car company of Madrid keep?", {}),
        ("Who went from Madrid to Paris in 2007?", {}),
        ("What happened in Madrid in 2004?", {}),
        ("What do cables written before 2008 say of eels?", {"date_to": "2007-12-31"}),
        ("Which telegrams since May 2007 speak of eels?", {"date_from": "2007-05-01"}),
        (
            "Which cables from Madrid between 2006 and 2007 speak of eels?",
            {"post": "MADRID", "date_from": "2006-01-01", "date_to": "2007-12-31"},
        ),
        ("What did a January 2008 message ask?", {"date_from": "2008-01-01", "date_to": "2008-01-31"}),
        ("Why was the leaked memo of March 2006 thought a forgery?", {}),
        ("What do the cables say of the memo leaked in March 2006?", {}),
        ("What did the reports of March 2006 lead to?", {}),
        ("In cables from Atlantis, who drowned?", {}),
    ],
)
def test_only_what_is_said_of_the_cables_narrows(question: str, conditions: dict[str, str]) -> None:
    read: dict[str, str] = {}
    for field, value in read_hard_filters(question, POSTS).conditions():
        read[field] = f"{read[field]} {value}" if field in read else value
    assert read == conditions


def test_what_the_reader_set_stands() -> None:
    read = read_hard_filters("In cables sent from Madrid in 2007, who won?", POSTS)
    given = Filters.of(["Paris"], date_from=date(2008, 1, 1))
    assert dict(merged(given, read).conditions()) == {"post": "PARIS", "date_from": "2008-01-01"}


def test_no_question_breaks_or_slows_it() -> None:
    assert not read_hard_filters("cables from " * 2000 + "in 20", POSTS)


@pytest.mark.parametrize(
    ("question", "absent"),
    [
        ("What did the embassy in Lima report about the election?", ("Lima",)),
        ("what was embassy lima saying about whaling?", ("lima",)),
        ("Who attacked the embassy in Lima?", ()),
        ("Would the Spanish embassy in Lima invite dissidents?", ()),
        ("What did the French embassy in Lima report to Paris?", ()),
    ],
)
def test_only_cables_of_a_post_not_held_are_asked_for_in_vain(question: str, absent: tuple[str, ...]) -> None:
    assert posts_not_held(question, {"QUILL": "Quill"}) == absent
