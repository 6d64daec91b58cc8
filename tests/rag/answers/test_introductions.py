""" "Who is ...?" """

import pytest

from rag.answers.introductions import Introductions
from rag.archive import Archive
from rag.domain.access import Clearance
from rag.domain.filters import Filters
from rag.domain.marking import Level
from rag.query.name_variants import NameVariants
from rag.query.query import Query


def test_the_sentences_that_say_who_somebody_is_are_quoted(sample: Archive) -> None:
    answer = sample.chain.invoke(Query("Who is Leopold Starkey?"))
    assert not answer.abstained and "chief of staff" in answer.text
    assert all(quote.quote in answer.text for quote in answer.quotes)


def test_of_a_reader_only_what_they_may_see_is_read(sample: Archive) -> None:
    reader = Clearance(Level.U)
    introductions = Introductions(
        sample.catalog.as_reader(reader), NameVariants(sample.indexes.lexical.as_reader(reader))
    )
    for quoted in introductions.of("Who is Leopold Starkey?", Filters()):
        assert reader.may_see(quoted.paragraph.effective_marking)


def test_oldest_first_and_one_of_a_cable(sample: Archive) -> None:
    found = Introductions(sample.catalog, NameVariants(sample.indexes.lexical)).of("who's Leopold Starkey", Filters())
    dates = [quoted.paragraph.date or "" for quoted in found]
    assert found and dates == sorted(dates)
    assert len({quoted.paragraph.cable_id for quoted in found}) == len(found)


@pytest.mark.parametrize(
    "question", ["Who is responsible?", "Who is to blame, Leopold Starkey?", "Where is Fenn?", "Who?"]
)
def test_other_questions_are_not_for_it(sample: Archive, question: str) -> None:
    assert Introductions(sample.catalog, NameVariants(sample.indexes.lexical)).of(question, Filters()) == []
