from datetime import date

import pytest

from rag.archive import Archive
from rag.domain.filters import Filters
from rag.query.parsed_query import QueryParser, QuestionPart
from rag.query.phrasing import PhrasingReader
from rag.query.query import Query


@pytest.fixture
def parser(sample: Archive, phrasings: PhrasingReader) -> QueryParser:
    return QueryParser(sample.catalog, sample.indexes.lexical, phrasings)


def test_everything_is_read_from_the_words_once(parser: QueryParser) -> None:
    parsed = parser.parse(Query("In cables sent from Ostermere in 2007, who resigned?"))
    assert list(parsed.filters.conditions()) == [
        ("post", "OSTERMERE"),
        ("date_from", "2007-01-01"),
        ("date_to", "2007-12-31"),
    ]
    assert parsed.kind == "content"
    assert not parsed.soft_filters.posts, "a stated condition is no hint as well"


def test_a_condition_binds_the_part_it_stands_in(parser: QueryParser) -> None:
    asked = (
        "According to the embassy in Ostermere, who resigned, and what was agreed in cables from Lantern Bay in 2007?"
    )
    parsed = parser.parse(Query(asked, Filters.of(tags=["EFIS"])))
    assert parsed.filters == Filters.of(tags=["EFIS"])
    first, second = parsed.parts
    assert first.filters == Filters.of(["OSTERMERE"], tags=["EFIS"])
    assert second.filters == Filters.of(["LANTERNBAY"], ["EFIS"], date(2007, 1, 1), date(2007, 12, 31))
    assert {(each.field, each.value) for each in parsed.conditions() if not each.soft} == {
        ("tag", "EFIS"),
        ("post", "OSTERMERE"),
        ("post", "LANTERNBAY"),
        ("date_from", "2007-01-01"),
        ("date_to", "2007-12-31"),
    }


def test_a_relaxed_condition_is_a_hint(parser: QueryParser) -> None:
    chosen = Filters.of(["PORTZEPHYR"], tags=["EFIS"])
    part = QuestionPart("Who?", Filters.of(["OSTERMERE"], ["EFIS"], date(2007, 1, 1), date(2007, 12, 31)))
    relaxed = part.relaxed(chosen)
    assert relaxed.filters == chosen
    assert list(relaxed.soft_filters.conditions()) == [("post", "OSTERMERE"), ("date", "2007")]
    assert QuestionPart("Who?", chosen).relaxed(chosen) == QuestionPart("Who?", chosen)


def test_dismissed_conditions_are_not_read(parser: QueryParser) -> None:
    question = "In cables sent from Ostermere in 2007, who resigned?"
    parsed = parser.parse(Query(question, dismissed=frozenset({"post", "date_from", "date_to"})))
    assert not parsed.filters


def test_the_readers_own_choice_stands(parser: QueryParser) -> None:
    parsed = parser.parse(Query("In cables sent from Ostermere, who resigned?", Filters.of(["LANTERNBAY"])))
    assert parsed.filters.posts == {"LANTERNBAY"}


def test_a_question_about_a_cable_is_searched_within_it(parser: QueryParser) -> None:
    parsed = parser.parse(Query("What does OSTERMERE 71 say of the duty?"))
    assert parsed.kind == "cable"
    assert parsed.searches[0].filters.cables == {"08OSTERMERE71"}
    assert not parsed.filters.cables, "no condition that a reader could take off"


def test_a_misspelled_word_is_read_as_the_archive_spells_it(parser: QueryParser) -> None:
    parsed = parser.parse(Query("What did Valdoriaa import?"))
    assert "Valdoria " in parsed.text and dict(parsed.spellings) == {"Valdoriaa": "Valdoria"}
    assert [condition.field for condition in parsed.conditions()] == ["spelling"]
    assert parser.parse(Query("What did Valdoriaa import?", dismissed=frozenset({"spelling"}))).spellings == {}
