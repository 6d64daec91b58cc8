"""The conversation that a browser stored."""

import json
from collections.abc import Sequence
from dataclasses import replace

from api.web.history import restored, stored
from rag.domain.retrieved_paragraph import RetrievedParagraph
from tests.api.web.answers import ANSWER, PASSAGE, TEXT
from tests.rag.samples import with_text


def test_a_stored_conversation_comes_back() -> None:
    assert restored(stored([ANSWER]), lambda keys: [PASSAGE])[0].sentences == ANSWER.sentences


def test_paragraphs_hidden_or_changed_do_not_come_back() -> None:
    def none(keys: Sequence[str]) -> list[RetrievedParagraph]:
        return []

    answer = restored(stored([ANSWER]), none)[0]
    assert answer.abstained and not answer.sentences and not answer.quotes
    changed = with_text(PASSAGE, TEXT.replace("ledger", "letter"))
    assert restored(stored([ANSWER]), lambda keys: [changed])[0].abstained


def test_nonsense_is_no_conversation() -> None:
    for text in (None, "", "{", "[1]", '[{"question": 1}]', json.dumps([[]]), json.dumps({"a": 1}), 7):
        assert restored(text, lambda keys: []) == []


def test_a_long_conversation_is_cut_to_what_a_browser_takes() -> None:
    long = replace(ANSWER, question="x" * 50_000)
    kept = json.loads(stored([ANSWER] + [long] * 30))
    assert 5 < len(kept) < 30
