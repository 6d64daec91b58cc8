"""The conversation that a browser kept."""

import json
from collections.abc import Sequence
from dataclasses import replace

from api.web.asked import Asked
from api.web.history import remembered, restored, state_of, turns_of
from rag.domain.retrieved_paragraph import RetrievedParagraph
from rag.query.conversation import Turn
from tests.api.web.answers import ANSWER, PASSAGE, TEXT
from tests.rag.samples import with_text

ASKED = Asked.parse("q=What+was+%5Bgone%5D%3F&post=QUILL")
STATE = state_of(ASKED, ANSWER)


def test_a_kept_conversation_comes_back() -> None:
    (turn,) = restored([state_of(ASKED, ANSWER, "a seal")], lambda keys: [PASSAGE])
    assert (turn.asked, turn.sealed) == (ASKED, "a seal")
    assert turn.answer.sentences == ANSWER.sentences and turn.answer.quotes == ANSWER.quotes


def test_paragraphs_hidden_or_changed_do_not_come_back() -> None:
    def none(keys: Sequence[str]) -> list[RetrievedParagraph]:
        return []

    (turn,) = restored([state_of(ASKED, ANSWER, "a seal")], none)
    assert turn.answer.abstained and not turn.answer.sentences and not turn.answer.quotes and not turn.sealed
    changed = with_text(PASSAGE, TEXT.replace("ledger", "letter"))
    assert restored([STATE], lambda keys: [changed])[0].answer.abstained


def test_counts_are_made_anew() -> None:
    (turn,) = restored([state_of(ASKED, replace(ANSWER, kind="catalog"))], lambda keys: [PASSAGE])
    assert turn.answer.reason == "counts and lists are made anew each time; ask again"


def test_nonsense_is_no_conversation() -> None:
    for text in ("", "{", "[1]", '{"question": 1}', json.dumps([[]]), "null", "[" * 100_000):
        assert restored([text], lambda keys: []) == []


def test_a_conversation_is_followed_up() -> None:
    assert list(turns_of(remembered([STATE]))) == [
        Turn("user", "What was [gone]?"),
        Turn("assistant", ANSWER.text, ANSWER.question),
    ]
    assert len(remembered([STATE] * 50)) == 40
