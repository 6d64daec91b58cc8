"""Questions of the catalog asked of the sample archive, as a reader asks them."""

import pytest

from rag.archive import Archive
from rag.domain.access import Clearance
from rag.domain.marking import Level
from rag.query.query import Query


@pytest.mark.parametrize(
    ("question", "kind", "said"),
    [
        ("How many cables are in the archive?", "catalog", "The archive holds 16 cables with 160 paragraphs, dated "),
        ("how big is this archive", "catalog", "The archive holds 16 cables"),
        ("Which post sent the most cables?", "catalog", "QUILLHAVEN: "),
        ("What are the main topics of the cables from Quillhaven?", "catalog", "The commonest TAGS of"),
        ("What is the latest cable from Ostermere?", "catalog", "OSTERMERE 71 of 2008-"),
        ("List all cables about the ferry", "catalog", "best match first"),
        ("Timeline of the Upper Skell Dam", "catalog", "dated entries on Upper Skell Dam"),
        ("When was 08FALLOWGATE19 sent?", "cable", "FALLOWGATE 19 was sent on 20 February 2008"),
        ("Summarise 07FALLOWGATE58", "cable", "[FALLOWGATE 58 ¶1]"),
        ("hello", "talk", "Hello."),
    ],
)
def test_each_kind_is_answered_by_its_own(sample: Archive, question: str, kind: str, said: str) -> None:
    answer = sample.chain.invoke(Query(question))
    assert answer.kind == kind and not answer.abstained
    assert said in answer.text
    assert answer.json()["kind"] == kind


def test_every_quotation_is_verbatim_and_every_listed_cable_is_there(sample: Archive) -> None:
    for question in ("Timeline of the Upper Skell Dam", "Summarise 07FALLOWGATE58", "List all cables about the ferry"):
        answer = sample.chain.invoke(Query(question))
        held = sample.catalog.paragraphs([quote.key for quote in answer.quotes if quote.quote])
        for quote in answer.quotes:
            assert not quote.quote or held[quote.key][1].text[quote.start : quote.end] == quote.quote
        assert answer.table is None or set(answer.table.cables) <= set(sample.catalog.ids())


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("How many cables from Lima are there?", "the archive holds no cables from Lima; it holds 16 cables from"),
        ("What did Embassy Seoul report on missiles?", "the archive holds no cables from Seoul"),
        ("List all cables from 1985", "the archive holds no cables in 1985"),
        (
            "In 1985, what did the embassy in Ostermere make of it?",
            "the archive holds no cables from Ostermere in 1985",
        ),
    ],
)
def test_what_the_archive_does_not_hold_is_said(sample: Archive, question: str, reason: str) -> None:
    answer = sample.chain.invoke(Query(question))
    assert answer.abstained and reason in (answer.reason or "")


def test_a_reader_counts_only_what_they_may_see(sample: Archive) -> None:
    question = Query("How many cables are classified SECRET?")
    assert sample.chain.invoke(question).text.startswith("There are 2 cables")
    assert sample.as_reader(Clearance(Level.U)).chain.invoke(question).text == "There is no cable classified SECRET."


def test_a_condition_read_from_the_words_can_be_dismissed(sample: Archive) -> None:
    question = "How many cables from Ostermere are there?"
    assert sample.chain.invoke(Query(question, dismissed=frozenset(["post"]))).text.startswith("The archive holds 16")


def test_content_is_left_to_the_search(sample: Archive) -> None:
    answer = sample.chain.invoke(Query("How many vessels took part in the 2006 boat blessing in Lantern Bay?"))
    assert answer.kind == "content" and answer.table is None
