"""The conversation as the browser keeps it, and back: checked against the archive before it is shown again."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from rag.answer import Answer, Condition, Quote, Sentence
from rag.passage import Passage

STORED_AS = "cables.conversation"
"""The name under which the browser keeps it."""

_MOST_TURNS = 40
_MOST_CHARACTERS = 600_000  # of one message from the browser, whose limit is a million
_GONE = "the paragraphs this answer cited are not in the archive as they were; ask again"


def stored(answers: Sequence[Answer]) -> str:
    """The last answers as JSON, as many as fit."""
    kept = [answer.json() for answer in answers[-_MOST_TURNS:]]
    while kept and len(text := json.dumps(kept)) > _MOST_CHARACTERS:
        kept = kept[1:]
    return text if kept else "[]"


def restored(text: object, passages: Callable[[Sequence[str]], list[Passage]]) -> list[Answer]:
    """The answers in what a browser kept.

    What is malformed is left out. An answer is shown as it was only where every paragraph it cites is there for this
    reader and still holds the quoted words; otherwise only its question is, with the reason.
    """
    try:
        entries = json.loads(text) if isinstance(text, str) and len(text) <= 2 * _MOST_CHARACTERS else []
        answers = [_answer(entry) for entry in entries[-_MOST_TURNS:]]
    except (ValueError, TypeError, KeyError, AttributeError):
        return []
    return [_checked(answer, passages) for answer in answers]


def _checked(answer: Answer, passages: Callable[[Sequence[str]], list[Passage]]) -> Answer:
    cited = {*(quote.key for quote in answer.quotes), *(key for each in answer.sentences for key in each.citations)}
    texts = {passage.key: passage.text for passage in passages(sorted(cited))}
    good = cited == set(texts) and all(
        texts[quote.key][quote.start : quote.end] == quote.quote for quote in answer.quotes
    )
    return answer if good else Answer(answer.question, answer.mode, abstained=True, reason=_GONE)


def _answer(entry: dict[str, Any]) -> Answer:
    return Answer(
        question=str(entry["question"]),
        mode=str(entry["mode"]),
        sentences=tuple(
            Sentence(str(each["text"]), tuple(map(str, each["citations"])), each["supported"] is True)
            for each in entry["sentences"]
        ),
        quotes=tuple(
            Quote(str(each["key"]), str(each["citation"]), str(each["quote"]), int(each["start"]), int(each["end"]))
            for each in entry["citations"]
        ),
        abstained=entry["abstained"] is True,
        reason=None if entry["reason"] is None else str(entry["reason"]),
        retrieved=tuple(map(str, entry["retrieved"])),
        closest=tuple(map(str, entry["closest"])),
        filters=tuple(
            Condition(str(each["field"]), str(each["value"]), each["soft"] is True) for each in entry["filters"]
        ),
        searched={name: int(value) for name, value in entry["searched"].items() if isinstance(value, int)},
        trace={"model": str(entry["trace"].get("model"))},
    )
