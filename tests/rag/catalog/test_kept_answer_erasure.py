import pytest

from rag.catalog.catalog import Catalog
from rag.catalog.kept_answer_erasure import erase_from_kept_answers
from rag.catalog.kept_answers import KeptAnswers
from rag.domain.answer_table import AnswerTable
from rag.domain.kept_answer import ERASED, KeptAnswer, KeptQuestion
from rag.domain.name_digest import NameDigest
from tests.rag.kept import ASKED, BELL, LAMP, answer_of
from tests.rag.samples import make_cable

ONE, TWO = "08QUILL1#1", "08QUILL1#2"


@pytest.fixture
def kept(catalog: Catalog) -> KeptAnswers:
    catalog.put(make_cable("08QUILL1", LAMP, BELL))
    return KeptAnswers(catalog)


def erased(catalog: Catalog, *keys: str, texts: tuple[str, ...] = (), name: NameDigest | None = None) -> None:
    with catalog.begin(writing=True) as connection:
        erase_from_kept_answers(connection, keys, texts, name)


def only(kept: KeptAnswers) -> KeptAnswer:
    [found] = kept.page(10).answers
    return found


def test_a_cited_paragraph_takes_its_sentences_and_the_readers_words_along(catalog: Catalog, kept: KeptAnswers) -> None:
    kept.keep(answer_of((ONE, LAMP), (TWO, BELL)), ASKED, "Ann Lee again")
    erased(catalog, ONE, texts=(LAMP,))
    found = only(kept)
    assert [each.text for each in found.answer.sentences] == [BELL]
    assert [(each.key, each.quote) for each in found.answer.quotes] == [(ONE, ""), (TWO, BELL)]
    assert (found.answer.question, found.asked.question, found.note) == ("", "", "")
    assert (found.answer.reason, found.answer.searched, found.answer.filters) == (ERASED, {}, ())
    assert found.digests.keys() == {TWO}


@pytest.mark.parametrize("where", ["question", "asked", "note", "sentence", "reason"])
def test_what_quotes_it_goes_though_it_does_not_cite_it(catalog: Catalog, kept: KeptAnswers, where: str) -> None:
    words = {where: f"Is it so that {BELL.lower()}"}
    answer = answer_of((ONE, words.get("sentence", LAMP)), question=words.get("question", "Who?"))
    kept.keep(answer, KeptQuestion(words.get("asked", "")), words.get("note", ""))
    erased(catalog, "08QUILL9#1", texts=(BELL,))
    assert "nobody came" not in str(only(kept))
    assert bool(only(kept).answer.sentences) == (where != "sentence")


def test_others_stay_as_they_are(catalog: Catalog, kept: KeptAnswers) -> None:
    kept.keep(answer_of((ONE, LAMP)), ASKED, "a note")
    before = only(kept)
    erased(catalog, TWO, "08QUILL1", texts=(BELL,))
    assert only(kept) == before


@pytest.mark.parametrize("columns", [("cable", "subject"), ("paragraph", "text")])
def test_a_table_that_lists_it_goes(catalog: Catalog, kept: KeptAnswers, columns: tuple[str, str]) -> None:
    key = "08QUILL1" if columns[0] == "cable" else ONE
    table = AnswerTable(columns, ((key, "A MATTER OF LIGHTHOUSES"),), True, "a rule")
    kept.keep(answer_of(table=table), ASKED)
    erased(catalog, key)
    assert only(kept).answer.table is None


def test_a_cable_takes_what_cites_its_fields_along(catalog: Catalog, kept: KeptAnswers) -> None:
    kept.keep(answer_of(("08QUILL1", "It was signed by Lee."), (TWO, BELL)), ASKED)
    erased(catalog, ONE, "08QUILL1")
    assert [each.text for each in only(kept).answer.sentences] == [BELL]


def test_a_name_is_replaced_everywhere_and_cannot_be_guessed(catalog: Catalog, kept: KeptAnswers) -> None:
    table = AnswerTable(("cable", "subject"), (("08QUILL1", "ANN LEE"),), True, "cables of Ann Lee")
    answer = answer_of((ONE, LAMP), (TWO, BELL), question="Who is Ann Lee?", table=table)
    kept.keep(answer, KeptQuestion("ann lee?"), "ANN  LEE")
    erased(catalog, ONE, "08QUILL1", name=NameDigest.of("Ann Lee", "XXXX", "salt"))
    found = only(kept)
    assert "lee" not in str(found).lower() and "nn l" not in str(found).lower()
    assert found.answer.sentences[0].text == found.answer.quotes[0].quote == LAMP.replace("Ann Lee", "XXXX")
    assert found.answer.sentences[0].citations == (ONE,) and found.answer.question == "Who is XXXX?"
    assert found.digests.keys() == {TWO}
