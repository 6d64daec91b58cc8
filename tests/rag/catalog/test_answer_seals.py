"""Answers that a browser carries until they are kept."""

import base64
from pathlib import Path

import pytest

from rag.catalog.answer_seals import AnswerSeals
from rag.catalog.catalog import Catalog
from rag.catalog.kept_answers import KeptAnswers
from rag.domain.access import OWNER, Clearance
from rag.domain.kept_answer import KeptQuestion
from rag.domain.marking import Level
from rag.errors import BadInput
from tests.rag.kept import LAMP, answer_of

ASKED = KeptQuestion("who lit it", dismissed=frozenset(("date",)))
ANSWER = answer_of(("08QUILL1#1", LAMP))


def test_a_sealed_answer_comes_back_whole_for_its_reader_alone(tmp_path: Path) -> None:
    with Catalog(f"sqlite:///{tmp_path / 'catalog.sqlite3'}") as catalog:
        sealed = AnswerSeals(catalog.as_reader(OWNER), "ada").seal(ANSWER, ASKED)
        answer, asked = AnswerSeals(catalog.as_reader(OWNER), "ada").open(sealed)
        assert asked == ASKED and answer.id and answer.json() == ANSWER.json() | {"id": answer.id}
        others = (("bob", OWNER), ("", OWNER), ("ada", Clearance(Level.TS)))
        for key_id, clearance in others:
            with pytest.raises(BadInput, match="no answer that was given here to you"):
                AnswerSeals(catalog.as_reader(clearance), key_id).open(sealed)


def test_what_was_changed_is_refused(tmp_path: Path) -> None:
    with Catalog(f"sqlite:///{tmp_path / 'catalog.sqlite3'}") as catalog:
        seals = AnswerSeals(catalog, "")
        data = bytearray(base64.urlsafe_b64decode(seals.seal(ANSWER, ASKED)))
        data[-1] ^= 1
        for wrong in (base64.urlsafe_b64encode(data).decode(), "", "A", "not base64!", "ö", "A" * 100):
            with pytest.raises(BadInput, match="ask the question again"):
                seals.open(wrong)


def test_a_store_has_a_secret_of_its_own_which_all_processes_share(tmp_path: Path) -> None:
    with (
        Catalog(f"sqlite:///{tmp_path / 'one.sqlite3'}") as one,
        Catalog(f"sqlite:///{tmp_path / 'two.sqlite3'}") as two,
    ):
        sealed = AnswerSeals(one, "").seal(ANSWER, ASKED)
        with Catalog(f"sqlite:///{tmp_path / 'one.sqlite3'}") as again:
            assert AnswerSeals(again, "").open(sealed)[1] == ASKED
        with pytest.raises(BadInput):
            AnswerSeals(two, "").open(sealed)


def test_a_sealed_answer_is_kept_once(tmp_path: Path) -> None:
    with Catalog(f"sqlite:///{tmp_path / 'catalog.sqlite3'}") as catalog:
        answer, asked = AnswerSeals(catalog, "").open(AnswerSeals(catalog, "").seal(ANSWER, ASKED))
        kept = KeptAnswers(catalog)
        assert kept.keep(answer, asked, "a note").id == kept.keep(answer, asked).id == answer.id
        assert [each.note for each in kept.page(10).answers] == ["a note"]
