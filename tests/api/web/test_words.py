"""What the page makes of words: marked spans, suggested questions, exports, the conversation a browser kept."""

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest

from api.web.export import answer_markdown, answer_text
from api.web.history import restored, stored
from api.web.spans import Piece, readable
from api.web.suggested import suggested_question
from api.web.turn import chips
from rag.answer import Answer, Condition, Quote, Sentence
from rag.cable import Cable, Paragraph
from rag.cable_id import CableId
from rag.paragraph_key import ParagraphKey
from rag.passage import Passage

KEY = "08ODDHARBOR9#2"
TEXT = "The clerk came late. The ledger was *gone*."
PASSAGE = Passage(KEY, "ODDHARBOR 9 ¶2", "08ODDHARBOR9", "ODDHARBOR", None, None, None, "U", "U", TEXT, 1.0)
ANSWER = Answer(
    "What was [gone]?",
    "extractive",
    (Sentence("The ledger was *gone*.", (KEY,)), Sentence("So was the clerk.", (), supported=False)),
    (Quote(KEY, "ODDHARBOR 9 ¶2", "The ledger was *gone*.", 21, 43),),
)


def test_overlapping_spans_are_one_and_prose_is_folded() -> None:
    shown = readable("one two three four", "one two\nthree four", [(4, 7), (0, 5), (-3, 1), (99, 100)])
    assert shown.pieces == (Piece("one two", True), Piece(" three four", False))
    assert not shown.table


def test_bullets_keep_their_lines_and_their_marks() -> None:
    text, layout = "Points: - first goes on - second", "Points:\n\n- first\n  goes on\n- second"
    shown = readable(text, layout, [(8, 23)])
    assert "".join(piece.text for piece in shown.pieces) == "Points:\n- first goes on\n- second"
    assert [piece.text for piece in shown.pieces if piece.marked] == ["- first goes on"]


def test_a_layout_of_other_words_gives_way_to_the_text() -> None:
    shown = readable("a b", "a\n\n- c", [(2, 3)])
    assert shown.pieces == (Piece("a ", False), Piece("b", True))


@pytest.mark.parametrize(
    ("subject", "text", "question"),
    [
        ("LAMP ON GANNET ROCK LIT", "The lamp on Gannet Rock was lit.", "Lamp on Gannet Rock lit – what happened?"),
        ("IS THE DAM SAFE TO FILL?", "Is it safe to fill the dam?", "Is the dam safe to fill?"),
        ("PORT ZEPHYR AND ITS PORT", "It is Port Zephyr's port, run by USAID.", "Port Zephyr and its port – what happened?"),
        ("USAID AT THE PORT", "At the port USAID is known.", "USAID at the port – what happened?"),
        ("VISIT", "A visit.", None),
        (None, "A visit.", None),
    ],
)  # fmt: skip
def test_a_suggested_question(subject: str | None, text: str, question: str | None) -> None:
    paragraph = Paragraph(ParagraphKey.parse(KEY), text, text)
    cable = Cable(CableId.parse("08ODDHARBOR9"), "ODDHARBOR", (paragraph,), subject=subject)
    assert suggested_question(cable) == question


def test_conditions_in_words() -> None:
    conditions = [
        Condition("post", "CAIRO"),
        Condition("post", "TOKYO"),
        Condition("date_from", "2008-01-01"),
        Condition("date_to", "2008-12-31"),
    ]
    assert chips(conditions) == [
        ("Post: CAIRO or TOKYO", frozenset({"post"})),
        ("Date: 2008", frozenset({"date_from", "date_to"})),
    ]
    assert chips([Condition("date_from", "2008-02-01")])[0][0] == "Date: from 2008-02-01"


def test_an_answer_to_take_along() -> None:
    assert "The ledger was *gone*. [ODDHARBOR 9 ¶2]" in answer_text(ANSWER)
    markdown = answer_markdown(ANSWER, "https://here")
    assert r"## What was \[gone\]?" in markdown
    assert r"The ledger was \*gone\*. [ODDHARBOR 9 ¶2](https://here/read/08ODDHARBOR9#p2)" in markdown
    assert "So was the clerk" not in markdown + answer_text(ANSWER)


def test_a_kept_conversation_comes_back() -> None:
    assert restored(stored([ANSWER]), lambda keys: [PASSAGE])[0].sentences == ANSWER.sentences


def test_what_this_reader_may_not_see_does_not_come_back() -> None:
    def none(keys: Sequence[str]) -> list[Passage]:
        return []

    answer = restored(stored([ANSWER]), none)[0]
    assert answer.abstained and not answer.sentences and not answer.quotes
    changed = replace(PASSAGE, text=TEXT.replace("ledger", "letter"))
    assert restored(stored([ANSWER]), lambda keys: [changed])[0].abstained


def test_nonsense_is_no_conversation() -> None:
    for text in (None, "", "{", "[1]", '[{"question": 1}]', json.dumps([[]]), json.dumps({"a": 1}), 7):
        assert restored(text, lambda keys: []) == []


def test_a_long_conversation_is_cut_to_what_a_browser_takes() -> None:
    long = replace(ANSWER, question="x" * 50_000)
    kept = json.loads(stored([ANSWER] + [long] * 30))
    assert 5 < len(kept) < 30
