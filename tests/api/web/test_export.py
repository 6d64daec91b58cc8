"""Answers as text."""

from dataclasses import replace

from api.web.export import answer_markdown, answer_with_endnotes, conversation_markdown
from tests.api.web.answers import ANSWER, KEY

NOTES = {KEY: "Oddharbor, cable 08ODDHARBOR9, para. 2."}


def test_an_answer_has_its_citations_and_leaves_withheld_sentences_out() -> None:
    copied = answer_with_endnotes(ANSWER, NOTES)
    assert copied == f"What was [gone]?\n\nThe ledger was *gone*.[1]\n\n1. {NOTES[KEY]}\n"
    markdown = answer_markdown(ANSWER, "https://here")
    assert r"## What was \[gone\]?" in markdown
    assert r"The ledger was \*gone\*. [ODDHARBOR 9 ¶2](https://here/read/08ODDHARBOR9#p2)" in markdown
    assert "So was the clerk" not in markdown + copied


def test_an_abstention_gives_its_reason() -> None:
    answer = replace(ANSWER, sentences=(), quotes=(), abstained=True, reason="no cable mentions it")
    assert "The archive does not say (no cable mentions it)." in answer_with_endnotes(answer, {})
    assert "The archive does not say (no cable mentions it)." in answer_markdown(answer, "https://here")
    closest = replace(ANSWER, abstained=True, reason="searched 7 cables")
    assert "Closest passages, not an answer (searched 7 cables). The ledger was" in answer_with_endnotes(closest, NOTES)


def test_a_conversation_is_its_answers_in_order() -> None:
    text = conversation_markdown([replace(ANSWER, question="First?"), replace(ANSWER, question="Second?")], "")
    assert text.index("## First?") < text.index("## Second?")
