"""The text of an answer, and where it cites."""

from dataclasses import replace

import pytest

from api.openai.answer_text import WrittenAnswer, completion_text, pieces
from rag.domain.answer import Answer
from rag.domain.answer_table import AnswerTable
from rag.domain.events import Answered, Event, Stated, Status
from tests.api.openai.answers import ANSWER, KEY, PLACES, SENTENCES, TEXT, events_of, labels


async def parts(*events: Event) -> list[str | WrittenAnswer]:
    return [part async for part in pieces(events_of(*events), labels)]


@pytest.mark.parametrize(
    ("answer", "text"),
    [
        (Answer("?", "extractive", abstained=True, reason="nothing is near", closest=(KEY,)),
         f"No answer: nothing is near. Closest paragraphs: {KEY}."),
        (Answer("?", "extractive", SENTENCES[:1], abstained=True, reason="half of it is missing"),
         "Closest passages, not an answer: half of it is missing.\n\nIt was lit."),
        (Answer("?", "extractive", SENTENCES[:1], reason="the model failed"), "It was lit.\n\nNote: the model failed."),
    ],
)  # fmt: skip
def test_reasons_and_closest_paragraphs_are_in_the_text(answer: Answer, text: str) -> None:
    assert completion_text(answer) == text


@pytest.mark.anyio
async def test_supported_sentences_come_once_and_the_answer_last() -> None:
    stated = [Stated(sentence) for sentence in SENTENCES]
    *texts, last = await parts(Status("writing"), *stated, Answered(ANSWER))
    assert texts == ["It was lit. [QUILL 12 ¶1]", " It is out. [QUILL 12 ¶1]"]
    assert last == WrittenAnswer(ANSWER, TEXT)


@pytest.mark.anyio
async def test_an_answer_without_stated_sentences_comes_whole() -> None:
    assert await parts(Answered(ANSWER)) == [TEXT, WrittenAnswer(ANSWER, TEXT)]


def test_citations_in_the_text_have_their_places_and_pages() -> None:
    written = WrittenAnswer.of(ANSWER)
    assert written.url_citations("http://archive/") == PLACES
    assert [TEXT[each["start_index"] : each["end_index"]] for each in PLACES] == ["[QUILL 12 ¶1]"] * 2
    assert replace(written, text="[sic] and [ROOK 2 ¶1]").url_citations("http://archive") == []


def test_a_table_follows_the_answer_in_lines() -> None:
    table = AnswerTable(("cable", "date"), (("08QUILL12", "2008-01-02"),) * 21, True, "cables")
    text = completion_text(replace(ANSWER, table=table))
    assert text.startswith(f"{TEXT}\n\n- 08QUILL12 · 2008-01-02\n") and text.endswith("\n- and 1 more")
