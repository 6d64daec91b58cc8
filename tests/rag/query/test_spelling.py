"""Questions whose words the archive spells another way."""

from rag.archive import Archive
from rag.domain.access import Clearance
from rag.domain.filters import Filters
from rag.domain.marking import Level
from rag.index.lexical import LexicalIndex
from rag.query.query import Query
from rag.query.spelling import read_spellings, respelled
from tests.rag.samples import make_cable


def _index() -> LexicalIndex:
    lexical = LexicalIndex(None)
    texts = ("U", "Minister Lavrik would favor the harbor."), ("S", "Envoy Pemberwick objected to Korvia's opera.")
    lexical.replace([make_cable("08OSTERMERE1", *texts, classification="SECRET")])
    return lexical


def test_words_the_archive_does_not_hold_are_read_as_the_nearest_it_holds() -> None:
    lexical = _index()
    assert read_spellings("Did Lavirk favour the harbour?", lexical) == {
        "Lavirk": "Lavrik",
        "favour": "favor",
        "harbour": "harbor",
    }
    assert read_spellings("What of Kovria and Pemberwik?", lexical) == {"Kovria": "Korvia", "Pemberwik": "Pemberwick"}


def test_english_words_are_spelled_right_but_for_the_other_side_of_the_atlantic() -> None:
    english = frozenset(("flavor", "favour", "harbour", "lavish", "opener"))
    found = read_spellings("Did Lavirk or a lavish opener favour the harbour?", _index(), english)
    assert found == {"Lavirk": "Lavrik", "favour": "favor", "harbour": "harbor"}


def test_common_words_are_no_misspellings(sample: Archive) -> None:
    assert sample.chain.invoke(Query("How many people were killed on the Silver Petrel?")).question.endswith(
        "killed on the Silver Petrel?"
    )


def test_words_it_holds_and_words_like_no_other_stay() -> None:
    assert read_spellings("Which ministers favor zeppelins, Lavrik or she?", _index()) == {}


def test_only_whole_words_are_put_another_way() -> None:
    assert respelled("Lavirk, Lavirks and LAVIRK", {"Lavirk": "Lavrik"}) == "Lavrik, Lavirks and LAVIRK"


def test_a_spelling_tells_no_reader_of_a_word_in_paragraphs_not_theirs() -> None:
    assert read_spellings("Pemberwik", _index().as_reader(Clearance(Level.U))) == {}


def test_the_answer_says_which_spelling_was_read_and_it_can_be_dismissed(sample: Archive) -> None:
    ask = Query("Why did Quilmark relight the lighthouse?")
    answer = sample.chain.invoke(ask)
    assert [(each.field, each.value, each.soft) for each in answer.filters] == [
        ("spelling", "Quilmark → Quillmark", False)
    ]
    assert "Quillmark" in answer.question
    literal = sample.chain.invoke(Query(ask.question, Filters(), frozenset({"spelling"})))
    assert literal.question == ask.question and not literal.filters
