"""The conversation as the browser keeps it. It is checked against the archive before it is shown again."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from api.web.asked import Asked
from rag.domain.answer import Answer, Condition, Quote, Sentence
from rag.domain.paragraph_key import locator_of
from rag.domain.retrieved_paragraph import RetrievedParagraph
from rag.query.conversation import Turn

_MOST_TURNS = 40
_COUNTED = "counts and lists are made anew each time; ask again"
_GONE = "the paragraphs this answer cited are not in the archive as they were; ask again"
_LEFT_OUT = ("answer", "retrieved", "table", "timings_ms")

Kept = tuple[Asked, Answer]
"""A question with its answer."""


def state_of(asked: Asked, answer: Answer) -> str:
    """A question with its answer as JSON, for the browser to keep."""
    fields = {name: value for name, value in answer.json().items() if name not in _LEFT_OUT}
    return json.dumps(fields | {"address": asked.address("")[1:]}, ensure_ascii=False)


def kept(states: Sequence[str]) -> list[Kept]:
    """The last of the turns that a browser kept; none where one is malformed. Nothing is checked."""
    try:
        return [_kept(json.loads(state)) for state in states[-_MOST_TURNS:]]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return []


def restored(states: Sequence[str], passages: Callable[[Sequence[str]], list[RetrievedParagraph]]) -> list[Kept]:
    """The turns that a browser kept, as far as the archive still holds them.

    An answer is restored only where this reader may see every paragraph it cites and each still holds the quoted
    words. Otherwise the question comes back with the reason.
    """
    return [(asked, _checked(answer, passages)) for asked, answer in kept(states)]


def turns_of(before: Sequence[Kept]) -> Iterator[Turn]:
    """A conversation for the question after it."""
    for asked, answer in before:
        yield Turn("user", asked.question)
        yield Turn("assistant", answer.text, answer.question)


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


def _kept(entry: dict[str, Any]) -> Kept:
    answer = Answer(
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
        closest=tuple(map(str, entry["closest"])),
        filters=tuple(
            Condition(str(item["field"]), str(item["value"]), item["soft"] is True) for item in entry["filters"]
        ),
        searched={name: int(value) for name, value in entry["searched"].items() if isinstance(value, int)},
        trace={"model": str(entry["trace"].get("model"))},
        unanswered=tuple(map(str, entry.get("unanswered", ()))),
        kind="catalog" if entry.get("kind") == "catalog" else "content",
    )
    return Asked.parse(str(entry["address"])), answer
