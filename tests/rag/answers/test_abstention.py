"""Declining: a number that is not there, a premise the archive denies, names it does not know; and what was searched."""

from collections.abc import Iterator
from datetime import date

import pytest

from rag.answers.name_coverage import NameCoverage
from rag.archive import Archive
from rag.catalog.scope import in_words
from rag.domain.access import Clearance
from rag.domain.answer import Answer
from rag.domain.filters import Filters
from rag.domain.marking import Level
from rag.query.query import Query
from rag.settings import Settings
from tests.rag.samples import make_cable

CABLES = (
    make_cable(
        "08OSTERMERE71",
        "Minister Krale told the Ambassador that Ostermere will not accept the herring quota, whatever Valdoria offers.",
        "The quota was set at 4,000 tons in March. Krale called the figure an insult to the skippers of Lantern Bay.",
        ("U", "Forty-one skippers signed the letter against the herring quota. Their league pays for a lawyer."),
        subject="HERRING QUOTA",
    ),
    make_cable(
        "07QUILLHAVEN12",
        ("S", "Agent Periwinkle reports that the lighthouse on Gannet Rock was sold to a brewer from Valdoria."),
        ("U", "The lighthouse keeper was seen in Quillhaven with a new hat. He said that the lamp would be lit again."),
        subject="GANNET ROCK",
    ),
)
UNCLASSIFIED = Clearance(Level.U)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive(Settings(store=tmp_path_factory.mktemp("doubt")), create=True) as opened:
        for cable in CABLES:
            opened.catalog.put(cable)
        opened.index_pending()
        yield opened


def asked(archive: Archive, question: str, reader: Clearance | None = None) -> Answer:
    chain = archive.as_reader(reader).chain if reader else archive.chain
    return chain.invoke(Query(question))


def test_a_number_that_is_there_is_given(archive: Archive) -> None:
    answer = asked(archive, "How many skippers signed the letter against the herring quota?")
    assert not answer.abstained
    assert "Forty-one" in answer.text


def test_a_number_that_is_not_there_is_declined(archive: Archive) -> None:
    answer = asked(archive, "How many lighthouse keepers drowned off Gannet Rock?")
    assert answer.abstained
    assert answer.reason is not None and answer.reason.startswith("the paragraphs nearest to the question do not give")
    assert answer.reason.endswith("1 of 2 cables mention Gannet Rock")
    assert "Gannet Rock" in answer.text and answer.closest[0] == answer.quotes[0].key


def test_a_denied_premise_is_corrected_with_a_citation(archive: Archive) -> None:
    answer = asked(archive, "Why did Ostermere accept the herring quota?")
    assert answer.abstained
    assert answer.reason is not None and "seems to be denied in OSTERMERE 71 ¶1" in answer.reason
    [quote] = answer.quotes
    assert "will not accept the herring quota" in quote.quote and quote.key == answer.closest[0] == "08OSTERMERE71#1"
    assert answer.text.endswith("[OSTERMERE 71 ¶1]")


@pytest.mark.parametrize(
    "question",
    ["Why will Ostermere not accept the herring quota?", "Who told the Ambassador about the herring quota?"],
)
def test_a_question_that_takes_nothing_denied_for_granted_is_answered(archive: Archive, question: str) -> None:
    answer = asked(archive, question)
    assert not answer.abstained
    assert "will not accept" in answer.text


def test_a_name_no_cable_mentions_is_declined(archive: Archive) -> None:
    answer = asked(archive, "What did the bishop of Brenmoor preach about dancing?")
    assert answer.abstained
    assert answer.reason is not None and "0 of 2 cables mention Brenmoor" in answer.reason
    assert answer.searched["within"] == 2
    assert {"words": "Brenmoor", "cables": 0} in answer.searched["mentions"]


def test_an_answer_has_no_counts(archive: Archive) -> None:
    answer = asked(archive, "Who told the Ambassador about the herring quota?")
    assert set(answer.searched) == {"cables", "paragraphs"}


def test_counts_are_of_the_cables_the_question_means(archive: Archive) -> None:
    mentions = NameCoverage(archive.catalog, archive.indexes.lexical)
    here = mentions.searched("What did Krale tell Valdoria?", Filters.of(posts=["ostermere"]))
    assert (here.within, here.described) == (1, "from Ostermere")
    assert {each.words: each.cables for each in here.mentioned} == {"Krale": 1, "Valdoria": 1}
    assert mentions.unknown("What did Krale tell Periwinkle?", Filters.of(posts=["ostermere"])) == ("Periwinkle",)
    assert mentions.unknown("What did Krale tell Periwinkle?", Filters()) == ()


def test_counts_are_of_what_the_reader_may_see(archive: Archive) -> None:
    catalog, lexical = archive.catalog.as_reader(UNCLASSIFIED), archive.indexes.lexical.as_reader(UNCLASSIFIED)
    mentions = NameCoverage(catalog, lexical)
    assert mentions.unknown("What did Krale tell Periwinkle?", Filters()) == ("Krale", "Periwinkle")
    found = mentions.searched("What did Krale tell Periwinkle in Quillhaven?", Filters())
    assert {each.words: each.cables for each in found.mentioned} == {"Krale": 0, "Periwinkle": 0, "Quillhaven": 1}
    answer = asked(archive, "Why did Ostermere accept the herring quota?", UNCLASSIFIED)
    assert "¶1" not in f"{answer.reason} {answer.text}" and "08OSTERMERE71#1" not in answer.closest


def test_a_question_in_capitals_has_no_names(archive: Archive) -> None:
    mentions = NameCoverage(archive.catalog, archive.indexes.lexical)
    assert mentions.unknown("WHO ROBBED THE BISHOP OF BRENMOOR?", Filters()) == ()


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        (Filters(), ""),
        (Filters.of(posts=["Port Zephyr"], date_from=date.fromisoformat("2007-01-01"), date_to=date.fromisoformat("2007-12-31")), "from Port Zephyr in 2007"),
        (Filters.of(date_from=date.fromisoformat("2008-02-01"), date_to=date.fromisoformat("2008-02-29")), "in February 2008"),
        (Filters.of(date_from=date.fromisoformat("2008-02-03")), "since 2008-02-03"),
        (Filters.of(date_to=date.fromisoformat("2008-02-03"), tags=["prel"]), "up to 2008-02-03 tagged PREL"),
        (Filters.of(classifications=["secret"]), "classified SECRET"),
    ],
)  # fmt: skip
def test_what_was_searched_in_words(filters: Filters, words: str) -> None:
    assert in_words(filters, {"PORTZEPHYR": "PORT ZEPHYR"}) == words
