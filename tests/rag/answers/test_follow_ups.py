"""Follow-ups over the sample archive: conditions, citations of the answer before, and what a reader may see of them."""

import asyncio

import pytest

from rag.answers.follow_ups import NONE_CITED, UNCLEAR
from rag.archive import Archive
from rag.domain.access import Clearance
from rag.domain.answer import Answer
from rag.domain.events import last
from rag.domain.marking import Level
from rag.domain.paragraph_key import cable_id_of
from rag.query.conversation import Turn
from rag.query.query import Query
from rag.scoped_archive import ScopedArchive

ASKED = Turn("user", "Whose idea was it to switch the Gannet Rock light back on?")
CITED = Turn("assistant", "It came from the chief of staff. [QUILLHAVEN 2340 ¶5]")


def asked(archive: Archive, question: str, *turns: Turn) -> Answer:
    return archive.chain.invoke(Query(question, turns=turns))


def test_the_answer_tells_the_standalone_question(sample: Archive) -> None:
    answer = asked(
        sample, "And whose idea did he say the Gannet Rock light was?", Turn("user", "What does Leopold Starkey do?")
    )
    assert answer.question == "Whose idea did Leopold Starkey say the Gannet Rock light was?"
    assert "07QUILLHAVEN2340#5" in answer.retrieved[:3]


def test_the_conditions_of_the_earlier_questions_are_kept(sample: Archive) -> None:
    first = Turn("user", "In cables from Port Zephyr in 2008, who attacked the award?")
    answer = asked(sample, "And why?", first)
    assert {("post", "PORTZEPHYR"), ("date_from", "2008-01-01")} <= {
        (each.field, each.value) for each in answer.filters
    }
    answer = asked(sample, "Which of the big parties in parliament defended it?", first, Turn("user", "and why?"))
    assert ("post", "PORTZEPHYR") in {(each.field, each.value) for each in answer.filters}


def test_a_condition_that_the_follow_up_changes_is_not_kept(sample: Archive) -> None:
    first = Turn("user", "What do cables from Port Zephyr in 2008 say about wheat?")
    answer = asked(sample, "Only those from Ostermere", first)
    assert [each.value for each in answer.filters if each.field == "post" and not each.soft] == ["OSTERMERE"]


def test_which_cable_it_was_is_told_with_date_and_subject(sample: Archive) -> None:
    answer = asked(sample, "Which cable is that from?", ASKED, CITED)
    assert (answer.abstained, answer.retrieved) == (False, ("07QUILLHAVEN2340#5",))
    cable = sample.catalog.cable("07QUILLHAVEN2340")
    assert cable is not None and cable.date is not None and cable.subject is not None
    assert answer.text == (
        f"QUILLHAVEN 2340, {cable.date.day} {cable.date:%B %Y}: {cable.subject}. [QUILLHAVEN 2340 ¶5]"
    )
    quote = answer.quotes[0]
    assert quote.quote == sample.retriever.paragraphs([(quote.key, 1.0)])[0].text[quote.start : quote.end]


def test_when_it_was_is_told_from_the_cited_paragraph_and_the_cable(sample: Archive) -> None:
    answer = asked(sample, "When was that?", ASKED, CITED)
    assert answer.sentences[-1].text.startswith("QUILLHAVEN 2340 is dated ")
    assert {key for sentence in answer.sentences for key in sentence.citations} == {"07QUILLHAVEN2340#5"}


def test_more_is_looked_for_in_the_cited_cable_without_what_was_cited(sample: Archive) -> None:
    answer = asked(sample, "What else does it say?", ASKED, CITED)
    assert {cable_id_of(key) for key in answer.retrieved} == {"07QUILLHAVEN2340"}
    assert "07QUILLHAVEN2340#5" not in answer.retrieved
    assert answer.quotes and not answer.abstained
    assert answer.question.endswith(": what else?")


def test_it_asks_back_where_nothing_was_said(sample: Archive) -> None:
    answer = asked(sample, "and the other one?")
    assert (answer.abstained, answer.reason, answer.retrieved) == (True, UNCLEAR, ())


def test_it_says_that_the_answer_before_cites_nothing(sample: Archive) -> None:
    answer = asked(sample, "Which cable is that from?", ASKED, Turn("assistant", "Nobody knows."))
    assert (answer.abstained, answer.reason) == (True, NONE_CITED)


@pytest.mark.parametrize("question", ["Which cable is that from?", "When was that?"])
def test_a_citation_that_the_archive_lacks_is_not_repeated(sample: Archive, question: str) -> None:
    answer = asked(sample, question, ASKED, Turn("assistant", "So it was. [QUILLHAVEN 9999 ¶5]"))
    assert "9999" not in answer.text


def test_a_follow_up_finds_nothing_that_its_reader_may_not_see(sample: Archive) -> None:
    hidden = sample.retriever.paragraphs([("07QUILLHAVEN2340#5", 1.0)])[0]
    reader = sample.as_reader(Clearance(Level.U))
    assert hidden.effective_marking not in ("U", None)
    for question in ("Which cable is that from?", "When was that?", "What else does it say?"):
        answer = asyncio.run(answered(reader, question))
        assert "07QUILLHAVEN2340#5" not in answer.retrieved
        assert hidden.citation not in answer.text


async def answered(reader: ScopedArchive, question: str) -> Answer:
    return await last(reader.stream(Query(question, turns=(ASKED, CITED))))
