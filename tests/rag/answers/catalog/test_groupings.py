import pytest

from rag.answers.catalog.cable_sets import CableSets
from rag.answers.catalog.groupings import Groupings
from rag.answers.catalog.word_search import WordSearch
from rag.catalog.catalog import Catalog
from rag.catalog.catalog_reader import CatalogReader
from rag.catalog.counting import CableCounts
from rag.domain.access import Clearance
from rag.domain.marking import Level
from rag.encoders.embedding import SentenceEmbeddings
from rag.index.lexical import LexicalIndex
from rag.query.catalog_question import read_catalog_question
from rag.query.name_variants import NameVariants
from rag.query.phrasing import PhrasingReader


def groupings(catalog: CatalogReader, lexical: LexicalIndex) -> Groupings:
    return Groupings(
        catalog,
        CableSets(
            catalog,
            WordSearch(lexical, CableCounts(catalog).subjects_like),
            lambda topic, filters: [],
            NameVariants(lexical),
        ),
    )


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("Which posts wrote about ferries?", (("PORTZEPHYR", 1), ("QUILL", 1))),
        ("Which post sent the most cables?", (("QUILL", 2), ("PORTZEPHYR", 1))),
        ("Which post sent the fewest cables?", (("PORTZEPHYR", 1), ("QUILL", 2))),
        ("Who signed the most cables from Quill?", (("STARKEY", 1),)),
        ("How many cables are there per year?", (("2007", 1), ("2008", 1))),
    ],
)
def test_cables_are_counted_by_value(
    catalog: Catalog, lexical: LexicalIndex, question: str, rows: tuple[tuple[str, int], ...]
) -> None:
    read = read_catalog_question(question, catalog.posts(), PhrasingReader(SentenceEmbeddings()))
    assert read is not None
    reply = groupings(catalog, lexical).groups(read, read.conditions.filters)
    assert reply.table is not None and reply.table.rows == rows


def test_topics_are_tags_by_frequency_and_words_of_subjects(catalog: Catalog, lexical: LexicalIndex) -> None:
    read = read_catalog_question(
        "What are the main topics of the cables?", catalog.posts(), PhrasingReader(SentenceEmbeddings())
    )
    assert read is not None
    reply = groupings(catalog, lexical).topics(read, read.conditions.filters)
    assert reply.table is not None
    assert reply.table.rows == (("PREL", "external political relations", 3), ("EFIS", "fisheries", 2))
    assert reply.sentences[1].text == "The commonest words of their subjects are BELL."


def test_a_reader_counts_no_tag_they_may_not_see(catalog: Catalog, lexical: LexicalIndex) -> None:
    reader = catalog.as_reader(Clearance(Level.U))
    read = read_catalog_question(
        "What are the main topics of the cables?", catalog.posts(), PhrasingReader(SentenceEmbeddings())
    )
    assert read is not None
    reply = groupings(reader, lexical.as_reader(reader.reader)).topics(read, read.conditions.filters)
    assert reply.table is not None and reply.table.rows == ()
    assert "PREL" not in reply.sentences[0].text
