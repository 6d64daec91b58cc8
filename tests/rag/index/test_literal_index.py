"""The words of paragraphs as they are written, against a search without an index."""

import random
from datetime import UTC, date, datetime

import pytest

from rag.domain.access import Clearance
from rag.domain.filters import Filters
from rag.domain.marking import Level
from rag.domain.scan_query import ScanQuery, ScanTerm
from rag.errors import BadInput
from rag.index.lexical import LexicalIndex
from rag.index.literal_index import LiteralTotals
from rag.text.literal_matches import matches
from rag.text.literal_words import literal_words
from tests.rag.samples import make_cable

SEPTEMBER = datetime(2008, 9, 1, tzinfo=UTC)
CABLES = [
    make_cable("08QUILL1", "A lantern was lit on the rock.", "The lanterns of the rock."),
    make_cable("08ROOK2", "Lantern LÁNTERN lantern, and the bell.", day=SEPTEMBER, tags=("ETRD",)),
    make_cable("08QUILL3", ("S", "A secret lantern."), classification="SECRET"),
    make_cable("07WREN4", "No lantern was there.", day=None),
]


@pytest.fixture
def index() -> LexicalIndex:
    index = LexicalIndex(None)
    index.replace(CABLES)
    return index


def query(*words: str, near: int | None = None) -> ScanQuery:
    return ScanQuery(((ScanTerm(words, near),),))


def keys(index: LexicalIndex, sought: ScanQuery, filters: Filters | None = None) -> list[str]:
    return [key for _, key in index.literal_places(sought, filters or Filters(), 100)]


def totals(index: LexicalIndex, sought: ScanQuery, filters: Filters) -> LiteralTotals:
    counted, places = index.literal_page(sought, filters, 100)
    assert counted.total == len(places) and places == index.literal_places(sought, filters, 100)
    return counted


def test_hits_are_in_order_of_time_and_hold_the_very_word(index: LexicalIndex) -> None:
    assert keys(index, query("lantern"))[-2:] == ["08ROOK2#1", "07WREN4#1"]
    assert set(keys(index, query("lantern"))) == {"08QUILL1#1", "08ROOK2#1", "08QUILL3#1", "07WREN4#1"}
    assert keys(index, query("lanterns")) == ["08QUILL1#2"]
    assert keys(index, query("the", "rock")) == ["08QUILL1#1", "08QUILL1#2"]


def test_the_subject_and_the_date_of_a_cable_are_no_words_of_its_paragraphs(index: LexicalIndex) -> None:
    assert keys(index, query("lighthouses")) == keys(index, query("august")) == []


def test_totals_are_by_month_and_post(index: LexicalIndex) -> None:
    assert totals(index, query("lantern*"), Filters()) == LiteralTotals(
        5, 1, {"2008-08": 3, "2008-09": 1}, {"QUILL": 3, "ROOK": 1, "WREN": 1}
    )
    assert totals(index, query("nowhere"), Filters()) == LiteralTotals(0, 0, {}, {})


def test_a_reader_finds_and_counts_only_what_they_may_see(index: LexicalIndex) -> None:
    limited = index.as_reader(Clearance(Level.C))
    assert "08QUILL3#1" not in keys(limited, query("lantern"))
    assert totals(limited, query("lantern"), Filters()).by_post == {"QUILL": 1, "ROOK": 1, "WREN": 1}
    assert totals(limited, query("secret"), Filters()).total == 0


def test_filters_apply(index: LexicalIndex) -> None:
    assert keys(index, query("lantern"), Filters(tags=frozenset({"ETRD"}))) == ["08ROOK2#1"]
    assert keys(index, query("lantern"), Filters(posts=frozenset({"WREN"}))) == ["07WREN4#1"]
    assert keys(index, query("lantern"), Filters(date_from=date(2008, 9, 1))) == ["08ROOK2#1"]
    assert keys(index, query("lantern"), Filters(classifications=frozenset({"SECRET"}))) == ["08QUILL3#1"]


def test_terms_are_joined_and_left_out(index: LexicalIndex) -> None:
    lantern, bell, lit = ScanTerm(("lantern",)), ScanTerm(("bell",)), ScanTerm(("lit",))
    assert keys(index, ScanQuery(((bell, lit),))) == ["08QUILL1#1", "08ROOK2#1"]
    assert keys(index, ScanQuery(((lantern,), (bell, lit)), (ScanTerm(("on", "the")),))) == ["08ROOK2#1"]


def test_pages_behind_a_place_hold_each_hit_once_however_many_share_a_turn() -> None:
    index = LexicalIndex(None)
    index.replace([make_cable(f"08QUILL{number}", *["a bell"] * 1060, day=None) for number in (1, 2)])
    places = index.literal_places(query("bell"), Filters(), 150)
    while more := index.literal_places(query("bell"), Filters(), 150, places[-1]):
        places += more
    assert len(places) == len(set(places)) == 2120 and places == sorted(places)


def test_words_that_stand_near_each_other_too_often_are_refused(index: LexicalIndex) -> None:
    index.replace([make_cable("08QUILL9", *["bell bell"] * 20_001)])
    with pytest.raises(BadInput, match="narrow it by posts"):
        keys(index, query("bell", "bell", near=1))
    assert keys(index, query("bell", "bell", near=1), Filters(posts=frozenset({"ROOK"}))) == []


def test_too_many_words_with_one_beginning_in_a_phrase_are_refused() -> None:
    index = LexicalIndex(None)
    index.replace([make_cable("08QUILL1", " ".join(f"ab{number} cd" for number in range(17_000)))])
    assert len(keys(index, query("ab*"))) == 1
    with pytest.raises(BadInput, match="more letters"):
        keys(index, query("ab*", "cd"))


def test_every_kind_of_term_finds_what_a_search_without_an_index_finds() -> None:
    chance = random.Random(7)  # noqa: S311 - nothing here is secret
    texts = [
        " ".join(chance.choice("aa ab ac ba b c d e".split()) for _ in range(chance.randrange(1, 12)))
        for _ in range(600)
    ]
    index = LexicalIndex(None)
    index.replace([make_cable(f"08QUILL{number}", text) for number, text in enumerate(texts, 1)])
    for _ in range(150):
        words = tuple(chance.choice("aa ab b c d a* aa* b*".split()) for _ in range(chance.randrange(1, 4)))
        term = ScanTerm(words, chance.choice([None, 0, 1, 3]) if len(words) > 1 else None)
        expected = {f"08QUILL{number}#1" for number, text in enumerate(texts, 1) if matches(term, literal_words(text))}
        assert {key for _, key in index.literal_places(ScanQuery(((term,),)), Filters(), 600)} == expected, term
