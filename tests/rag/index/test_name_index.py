"""Names in the index."""

import pytest

from rag.domain.access import Clearance
from rag.domain.filters import Filters
from rag.domain.marking import Level
from rag.index.lexical import LexicalIndex
from rag.index.lexical_documents import names_in
from tests.rag.samples import make_cable


@pytest.fixture
def index() -> LexicalIndex:
    index = LexicalIndex(None)
    texts = (
        ("U", "Colonel Lavrik's envoy met the Al-Qa'ida cell."),
        ("U", "Minister Lavrik slept. The bell of Ostermere rang; a bell."),
        ("S", "Colonel Lavryk met Pemberwick."),
    )
    index.replace([make_cable("08QUILL1", *texts, subject=None, classification="SECRET")])
    return index


def test_names_are_capitalised_words_in_plain_letters() -> None:
    assert names_in("He saw Erdoğan's Al-Qa'ida file") == {"he", "erdogan", "al", "qaida", "alqaida"}


def test_names_are_found_by_how_they_are_spelled(index: LexicalIndex) -> None:
    assert index.names_like("lavr[iy]k", Filters()) == {"lavrik": 2, "lavryk": 1}
    assert index.as_reader(Clearance(Level.U)).names_like("lavr[iy]k", Filters()) == {"lavrik": 2}


def test_paragraphs_are_found_by_one_name_of_each_collection(index: LexicalIndex) -> None:
    assert set(index.keys_naming([{"lavrik", "lavryk"}, {"colonel"}], 5, Filters())) == {"08QUILL1#1", "08QUILL1#3"}
    assert index.as_reader(Clearance(Level.U)).keys_naming([{"pemberwick"}], 5, Filters()) == []
    texts = index.texts_naming([{"lavrik", "lavryk"}, {"colonel"}], 5, without=("lavryk", "colonel"))
    assert len(texts) == 1 and "envoy" in texts[0]


def test_a_name_is_capitalised_nearly_everywhere(index: LexicalIndex) -> None:
    assert index.share_capitalised("lavrik") == 1.0 and index.share_capitalised("the") == 0.0
    assert index.share_capitalised("bell") == 0.0


def test_the_names_beside_a_name_are_those_of_its_paragraphs(index: LexicalIndex) -> None:
    assert {"pemberwick", "colonel"} <= set(index.beside("lavryk"))
    assert "pemberwick" not in index.as_reader(Clearance(Level.U)).beside("colonel")
    assert index.beside("lavryk")["pemberwick"] > index.beside("lavryk")["colonel"]
