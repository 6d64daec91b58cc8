"""The lexical index in memory."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from rag.domain.access import Clearance
from rag.domain.filters import Filters
from rag.domain.marking import Level
from rag.errors import CablesError
from rag.index.lexical import LexicalIndex
from rag.index.scoped_index import Counts
from tests.rag.samples import make_cable

CABLES = [
    make_cable("08QUILL1", "A lantern was lit on the rock.", "The ferry is late.", subject=None),
    make_cable("08ROOK2", "Lanterns, lanterns and bells.", subject=None, day=datetime(2008, 9, 1, tzinfo=UTC)),
    make_cable("08QUILL3", ("S", "A secret lantern and a bell."), subject=None, classification="SECRET"),
]


@pytest.fixture
def index() -> LexicalIndex:
    index = LexicalIndex(None)
    index.replace(CABLES)
    return index


@pytest.fixture
def limited(index: LexicalIndex) -> LexicalIndex:
    return index.as_reader(Clearance(Level.C))


def keys(index: LexicalIndex, query: str, filters: Filters | None = None) -> list[str]:
    return [hit.key for hit in index.search(query, 10, filters or Filters())]


def test_the_best_paragraph_has_the_most_of_the_words(index: LexicalIndex) -> None:
    assert keys(index, "lanterns")[0] == "08ROOK2#1"
    assert set(keys(index, "lanterns")) == {"08QUILL1#1", "08ROOK2#1", "08QUILL3#1"}
    assert [hit.score for hit in index.search("lantern ferry", 10, Filters())] == sorted(
        (hit.score for hit in index.search("lantern ferry", 10, Filters())), reverse=True
    )


def test_a_query_of_stop_words_has_no_results(index: LexicalIndex) -> None:
    assert keys(index, "the and of") == []
    assert index.keys_containing("the", 5, Filters()) == []
    assert index.months("the", Filters()) == {}


def test_filters_apply(index: LexicalIndex) -> None:
    assert keys(index, "lantern", Filters(posts=frozenset({"ROOK"}))) == ["08ROOK2#1"]
    assert keys(index, "lantern", Filters(date_to=date(2008, 8, 31), classifications=frozenset({"SECRET"}))) == [
        "08QUILL3#1"
    ]
    assert keys(index, "lantern", Filters(tags=frozenset({"ETRD"}))) == []


def test_all_words_are_required_of_keys_containing(index: LexicalIndex) -> None:
    assert set(index.keys_containing("lantern bell", 5, Filters())) == {"08ROOK2#1", "08QUILL3#1"}


def test_months_count_paragraphs_with_most_of_the_words(index: LexicalIndex) -> None:
    assert index.months("lantern", Filters()) == {"2008-08": 2, "2008-09": 1}


def test_a_reader_finds_and_counts_only_what_they_may_see(index: LexicalIndex, limited: LexicalIndex) -> None:
    assert index.document_frequency("lantern") == 3
    assert limited.document_frequency("lantern") == 2
    assert set(keys(limited, "lantern")) == {"08QUILL1#1", "08ROOK2#1"}
    assert index.keys() - limited.keys() == {"08QUILL3#1"}
    assert not limited.contains_word("secret") and index.contains_word("secret")


def test_a_readers_scores_do_not_depend_on_what_they_may_not_see(limited: LexicalIndex) -> None:
    before = limited.search("lantern bell", 10, Filters())
    limited.replace([make_cable("08QUILL9", ("S", "lantern bell " * 50), subject=None, classification="SECRET")])
    assert limited.search("lantern bell", 10, Filters()) == before


def test_a_word_is_as_rare_as_its_rarest_term_and_stop_words_count_nothing(index: LexicalIndex) -> None:
    idf = index.word_idf(["the", "lantern", "ferry"])
    assert idf["the"] == 0
    assert idf["ferry"] > idf["lantern"] > 0


def test_misspelled_words_are_near_their_texts(index: LexicalIndex) -> None:
    (text,) = index.texts_like("fery", 1)
    assert text.endswith("The ferry is late.")
    assert index.texts_like("zzzzzz", 1) == []


def test_replacing_and_removing_changes_counts_at_once(limited: LexicalIndex) -> None:
    assert limited.document_frequency("ferri") == 1
    limited.replace([make_cable("08QUILL1", "A bell.", subject=None)], ["08ROOK2"])
    assert limited.keys() == {"08QUILL1#1"}
    assert limited.document_frequency("ferri") == 0 and limited.count() == 2


def test_what_is_stored_is_what_the_cables_require(index: LexicalIndex) -> None:
    assert sorted(index.stored(["08QUILL1", "08ROOK2"])) == sorted(index.entries(CABLES[:2]))


def test_an_index_that_cannot_be_opened_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text("no index")
    with pytest.raises(CablesError, match="cables rebuild --all"):
        LexicalIndex(tmp_path)


def test_a_count_is_computed_once_until_the_cache_is_cleared() -> None:
    counts, computed = Counts(), list[int]()

    def count() -> float:
        computed.append(1)
        return 7.0

    assert [counts.of(("C", "lantern"), count) for _ in range(3)] == [7.0] * 3
    assert len(computed) == 1
    counts.clear()
    counts.of(("C", "lantern"), count)
    assert len(computed) == 2
