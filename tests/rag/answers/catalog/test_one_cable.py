import pytest

from rag.answers.catalog.one_cable import OneCable
from rag.answers.catalog.topic_words import TopicWords
from rag.catalog.catalog import Catalog
from rag.catalog.catalog_reader import CatalogReader
from rag.domain.access import Clearance
from rag.domain.marking import Level
from rag.index.lexical import LexicalIndex
from rag.query.cable_question import CableField, CableQuestion
from tests.rag.samples import make_cable


def one_cable(catalog: CatalogReader, lexical: LexicalIndex) -> OneCable:
    return OneCable(catalog, TopicWords(lexical.word_idf))


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("signers", "QUILL 12 was signed by STARKEY."),
        ("date", "QUILL 12 was sent on 9 May 2007, 12:00 UTC."),
        ("classification", "QUILL 12 is classified CONFIDENTIAL."),
        ("tags", "QUILL 12 has the TAGS PREL (external political relations) and EFIS (fisheries)."),
        ("subject", "The subject of QUILL 12 is: THE BELL."),
        ("references", "QUILL 12 refers to 08PORTZEPHYR4 (held) and 06NOWHERE1 (not held)."),
        ("classified_by", "QUILL 12 was classified by A. Nelson."),
        ("reason", "The archive does not keep the reason for which QUILL 12 was classified."),
        ("post", "QUILL 12 was sent by QUILL."),
        ("paragraphs", "QUILL 12 has 2 paragraphs."),
        ("recipients", "QUILL 12 was sent to STATE."),
        ("referring", "No cable of the archive refers to QUILL 12."),
    ],
)
def test_each_field_is_stated_and_cited_to_the_cable(
    catalog: Catalog, lexical: LexicalIndex, field: CableField, said: str
) -> None:
    reply = one_cable(catalog, lexical).answer(CableQuestion((field,)), ["07QUILL12"])
    assert reply is not None
    [sentence] = reply.sentences
    assert (sentence.text, sentence.citations) == (said, ("07QUILL12",))
    assert [(quote.key, quote.citation, quote.quote) for quote in reply.quotes] == [("07QUILL12", "QUILL 12", "")]


def test_a_reader_is_told_no_field_they_may_not_see(catalog: Catalog, lexical: LexicalIndex) -> None:
    reader = one_cable(catalog.as_reader(Clearance(Level.U)), lexical)
    reply = reader.answer(CableQuestion(("signers", "tags", "subject")), ["07QUILL12"])
    assert reply is not None
    assert not {"STARKEY", "PREL", "BELL"} & set(" ".join(each.text for each in reply.sentences).split())


def test_a_summary_comes_first_then_the_rest_in_a_line_each(catalog: Catalog, lexical: LexicalIndex) -> None:
    reply = one_cable(catalog, lexical).answer(CableQuestion(), ["07QUILL12"])
    assert reply is not None
    assert [sentence.citations for sentence in reply.sentences] == [("07QUILL12#1",), ("07QUILL12#2",)]


def test_a_topic_is_answered_by_the_paragraphs_that_have_its_words(catalog: Catalog, lexical: LexicalIndex) -> None:
    answers = one_cable(catalog, lexical)
    reply = answers.answer(CableQuestion(topic="the bell tower"), ["07QUILL12"])
    assert reply is not None
    assert [(quote.key, quote.quote) for quote in reply.quotes] == [
        ("07QUILL12#2", "The bell tower burned in June 2007.")
    ]
    assert answers.answer(CableQuestion(topic="grain"), ["07QUILL12"]) is None


def test_of_cables_with_one_label_all_are_offered(catalog: Catalog, lexical: LexicalIndex) -> None:
    catalog.put(make_cable("08QUILL12", "Another."))
    reply = one_cable(catalog, lexical).answer(CableQuestion(), ["07QUILL12", "08QUILL12"])
    assert reply is not None and reply.table is not None
    assert reply.table.cables == ("07QUILL12", "08QUILL12")
    assert "07 QUILL 12 of 2007-05-09 and 08 QUILL 12 of 2008-08-28" in reply.sentences[0].text
