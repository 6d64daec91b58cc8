import pytest

from rag.answers.catalog.cable_sets import CableSets, held_instead
from rag.answers.catalog.word_search import WordSearch
from rag.catalog.catalog import Catalog
from rag.catalog.catalog_reader import CatalogReader
from rag.catalog.counting import CableCounts
from rag.domain.access import Clearance
from rag.domain.filters import Filters
from rag.domain.marking import Level
from rag.encoders.embedding import SentenceEmbeddings
from rag.index.lexical import LexicalIndex
from rag.query.catalog_question import CatalogQuestion, read_catalog_question
from rag.query.name_variants import NameVariants
from rag.query.phrasing import PhrasingReader


def asked(question: str, catalog: CatalogReader) -> CatalogQuestion:
    read = read_catalog_question(question, catalog.posts(), PhrasingReader(SentenceEmbeddings()))
    assert read is not None, question
    return read


def sets(catalog: CatalogReader, lexical: LexicalIndex) -> CableSets:
    return CableSets(
        catalog,
        WordSearch(lexical, CableCounts(catalog).subjects_like),
        lambda topic, filters: ["08QUILL5", "08PORTZEPHYR4"],
        NameVariants(lexical),
    )


@pytest.mark.parametrize(
    ("question", "said", "cables"),
    [
        ("How many cables are in the archive?", "The archive holds 3 cables, dated 2007-05-09 to 2008-02-01.", 3),
        ("How many cables from Quill?", "There are 2 cables from Quill.", 2),
        ("How many cables were sent in 2008?", "There is 1 cable in 2008.", 1),
        ("How many cables mention the ferry?", "There is 1 cable whose text or subject has “ferry”.", 1),
        ("How many cables name Zefyria?", "There is 1 cable whose text or subject has “Zefyria” or “Zephyria”.", 1),
        ("How many cables did Nelson sign?", "There is 1 cable signed by Nelson.", 1),
        ("How many cables are tagged PREL and EFIS?", "There are 2 cables tagged PREL and EFIS.", 2),
        (
            "How many cables from Quill mention Zephyria?",
            "There is no cable from Quill whose text or subject has “Zephyria”.",
            0,
        ),
    ],
)
def test_a_count_has_its_list_behind_it(
    catalog: Catalog, lexical: LexicalIndex, question: str, said: str, cables: int
) -> None:
    question_read = asked(question, catalog)
    reply = sets(catalog, lexical).count(question_read, question_read.conditions.filters)
    assert reply.table is not None and reply.table.complete
    assert (reply.sentences[0].text, len(reply.table.rows)) == (said, cables)


def test_undated_cables_are_told_where_dates_count(catalog: Catalog, lexical: LexicalIndex) -> None:
    read = asked("How many cables from Quill before 2009?", catalog)
    reply = sets(catalog, lexical).count(read, read.conditions.filters)
    assert reply.table is not None
    assert reply.table.rule == "cables from Quill up to 2008-12-31; 1 undated cable is not counted"


def test_a_reader_counts_only_what_they_may_see(catalog: Catalog, lexical: LexicalIndex) -> None:
    reader = Clearance(Level.U)
    restricted = sets(catalog.as_reader(reader), lexical.as_reader(reader))
    for question, number in (
        ("How many cables are SECRET?", "no cable"),
        ("How many cables mention Morales?", "no cable"),
    ):
        read = asked(question, catalog)
        assert number in restricted.count(read, read.conditions.filters).sentences[0].text
    read = asked("List all cables from Quill", catalog)
    reply = restricted.listing(read, read.conditions.filters)
    assert reply.table is not None
    assert [row[3] for row in reply.table.rows] == [None, None], "subjects are confidential"


def test_a_list_about_something_is_ranked_by_the_search(catalog: Catalog, lexical: LexicalIndex) -> None:
    read = asked("List all cables about ferries", catalog)
    reply = sets(catalog, lexical).listing(read, Filters())
    assert reply.table is not None and reply.table.complete
    assert reply.table.cables == ("08QUILL5", "08PORTZEPHYR4")
    assert [quote.key for quote in reply.quotes] == ["08QUILL5", "08PORTZEPHYR4"]


def test_where_no_cable_has_the_words_the_nearest_are_told_to_be_so(catalog: Catalog, lexical: LexicalIndex) -> None:
    reply = sets(catalog, lexical).listing(asked("List all cables about uranium", catalog), Filters())
    assert reply.table is not None and not reply.table.complete
    assert "none has all of its words" in reply.table.rule


@pytest.mark.parametrize(
    ("question", "cables"),
    [
        ("What is the latest cable?", ("08PORTZEPHYR4",)),
        ("latest cable from Quill", ("07QUILL12",)),  # not the undated one
        ("the two earliest cables", ("07QUILL12", "08PORTZEPHYR4")),
        ("What is the earliest cable that mentions Zephyria?", ("08PORTZEPHYR4",)),
    ],
)
def test_the_ends_of_time(catalog: Catalog, lexical: LexicalIndex, question: str, cables: tuple[str, ...]) -> None:
    read = asked(question, catalog)
    reply = sets(catalog, lexical).first(read, read.conditions.filters)
    assert reply.table is not None and reply.table.cables == cables


def test_what_is_held_is_said_in_place_of_what_is_not(catalog: Catalog) -> None:
    assert held_instead(catalog, catalog.posts()) == "it holds 3 cables from Quill and Portzephyr, dated 2007 to 2008"
