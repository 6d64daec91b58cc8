"""The conversation as the browser stores it. It is checked against the archive before it is shown again."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from rag.domain.answer import Answer, Condition, Quote, Sentence
from rag.domain.paragraph_key import locator_of
from rag.domain.retrieved_paragraph import RetrievedParagraph

STORED_AS = "cables.conversation"
"""The browser's storage key."""

_MAX_TURNS = 40
_MAX_CHARACTERS = 600_000  # of one message from the browser, whose limit is a million
_COUNTED = "counts and lists are made anew each time; ask again"
_GONE = "the paragraphs this answer cited are not in the archive as they were; ask again"


def stored(answers: Sequence[Answer]) -> str:
    """The last answers as JSON, as many as fit."""
    kept = [answer.json() for answer in answers[-_MAX_TURNS:]]
    while kept and len(text := json.dumps(kept)) > _MAX_CHARACTERS:
        kept = kept[1:]
    return text if kept else "[]"


def restored(text: object, passages: Callable[[Sequence[str]], list[RetrievedParagraph]]) -> list[Answer]:
    """The answers that a browser stored; none where the text is malformed.

    An answer is restored only where this reader may see every paragraph it cites and each still holds the quoted
    words. Otherwise the question comes back with the reason.
    """
    try:
        entries = json.loads(text) if isinstance(text, str) and len(text) <= 2 * _MAX_CHARACTERS else []
        answers = [_answer(entry) for entry in entries[-_MAX_TURNS:]]
    except (ValueError, TypeError, KeyError, AttributeError):
        return []
    return [_checked(answer, passages) for answer in answers]


def _checked(answer: Answer, passages: Callable[[Sequence[str]], list[RetrievedParagraph]]) -> Answer:
    if answer.kind == "catalog" or not all(locator_of(quote.key) for quote in answer.quotes):
        return Answer(answer.question, answer.mode, abstained=True, reason=_COUNTED)
    cited = {quote.key for quote in answer.quotes}
    cited.update(key for sentence in answer.sentences for key in sentence.citations)
    texts = {passage.key: passage.text for passage in passages(sorted(cited))}
    intact = cited == set(texts) and all(
        texts[quote.key][quote.start : quote.end] == quote.quote for quote in answer.quotes
    )
    return answer if intact else Answer(answer.question, answer.mode, abstained=True, reason=_GONE)


def _answer(entry: dict[str, Any]) -> Answer:
    return Answer(
        question=str(entry["question"]),
        mode=str(entry["mode"]),
        sentences=tuple(
            Sentence(str(item["text"]), tuple(map(str, item["citations"])), item["supported"] is True)
            for item in entry["sentences"]
        ),
        quotes=tuple(
            Quote(str(item["key"]), str(item["citation"]), str(item["quote"]), int(item["start"]), int(item["end"]))
            for item in entry["citations"]
        ),
        abstained=entry["abstained"] is True,
        reason=None if entry["reason"] is None else str(entry["reason"]),
        retrieved=tuple(map(str, entry["retrieved"])),
        closest=tuple(map(str, entry["closest"])),
        filters=tuple(
            Condition(str(item["field"]), str(item["value"]), item["soft"] is True) for item in entry["filters"]
        ),
        searched={name: int(value) for name, value in entry["searched"].items() if isinstance(value, int)},
        trace={"model": str(entry["trace"].get("model"))},
        kind="catalog" if entry.get("kind") == "catalog" else "content",
    )
