import pytest

from rag.answers.catalog.word_search import WordSearch, written
from rag.catalog.catalog import Catalog
from rag.catalog.counting import CableCounts
from rag.domain.access import Clearance
from rag.domain.filters import Filters
from rag.domain.marking import Level
from rag.index.lexical import LexicalIndex
from rag.query.word_terms import WordTerm


@pytest.mark.parametrize(
    ("terms", "cables"),
    [
        ([[WordTerm("Morales")]], {"07QUILL12"}),  # "moral" has the same stem
        ([[WordTerm("ferry", exact=False)]], {"08PORTZEPHYR4", "08QUILL5"}),
        ([[WordTerm("ferry")]], {"08PORTZEPHYR4"}),
        ([[WordTerm("bell")], [WordTerm("ferry")]], {"08PORTZEPHYR4"}),
        ([[WordTerm("Morales"), WordTerm("ferry")]], {"07QUILL12", "08PORTZEPHYR4"}),
        ([[WordTerm("harbor master")]], {"07QUILL12"}),
        ([[WordTerm("master harbor")]], set()),
        ([[WordTerm("quill", exact=False)]], set()),
        ([[WordTerm("Quill")]], set()),  # the post of a cable is no word of it
    ],
)
def test_words_are_found_as_they_are_meant(
    catalog: Catalog, lexical: LexicalIndex, terms: list[list[WordTerm]], cables: set[str]
) -> None:
    assert WordSearch(lexical, CableCounts(catalog).subjects_like).cables(terms, Filters()).cables == cables


def test_a_reader_finds_no_word_they_may_not_see(catalog: Catalog, lexical: LexicalIndex) -> None:
    reader = Clearance(Level.U)
    search = WordSearch(lexical.as_reader(reader), CableCounts(catalog.as_reader(reader)).subjects_like)
    assert search.cables([[WordTerm("SECRET OF")]], Filters()).cables == set(), "a word of a subject"
    assert search.cables([[WordTerm("Morales")]], Filters()).cables == set()
    assert search.cables([[WordTerm("tower")]], Filters()).cables == {"07QUILL12"}


def test_a_term_is_read_whatever_its_case_and_hyphens() -> None:
    assert written(WordTerm("walk-ins")).search("The WALK-INS came.")
    assert not written(WordTerm("walk")).search("The walking came.")
