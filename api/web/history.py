"""The conversation as the browser remembers it. It is checked against the archive before it is shown again."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class RememberedTurn:
    """A question with its answer. `sealed` is the answer as `AnswerSeals` sealed it, or empty."""

    asked: Asked
    answer: Answer
    sealed: str = ""

    @property
    def is_lost(self) -> bool:
        """Whether the answer is not shown again, and its reason says why."""
        return self.answer.reason in (_COUNTED, _GONE)


def state_of(asked: Asked, answer: Answer, sealed: str = "") -> str:
    """A question with its answer as JSON, for the browser to remember."""
    fields = {name: value for name, value in answer.json().items() if name not in _LEFT_OUT}
    return json.dumps(fields | {"address": asked.address("")[1:], "sealed": sealed}, ensure_ascii=False)


def remembered(states: Sequence[str]) -> list[RememberedTurn]:
    """The last of the turns that a browser remembers; none where one is malformed. Nothing is checked."""
    try:
        return [_remembered(json.loads(state)) for state in states[-_MOST_TURNS:]]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return []


def restored(
    states: Sequence[str], passages: Callable[[Sequence[str]], list[RetrievedParagraph]]
) -> list[RememberedTurn]:
    """The turns that a browser remembers, as far as the archive still holds them.

    An answer is restored only where this reader may see every paragraph it cites and each still holds the quoted
    words. Otherwise the question comes back with the reason.
    """
    return [_checked(turn, passages) for turn in remembered(states)]


def turns_of(before: Sequence[RememberedTurn]) -> Iterator[Turn]:
    """A conversation for the question after it."""
    for turn in before:
        yield Turn("user", turn.asked.question)
        yield Turn("assistant", turn.answer.text, turn.answer.question)


def _checked(turn: RememberedTurn, passages: Callable[[Sequence[str]], list[RetrievedParagraph]]) -> RememberedTurn:
    answer = turn.answer
    if answer.kind == "catalog" or not all(locator_of(quote.key) for quote in answer.quotes):
        return _without_answer(turn, _COUNTED)
    cited = {quote.key for quote in answer.quotes}
    cited.update(key for sentence in answer.sentences for key in sentence.citations)
    texts = {passage.key: passage.text for passage in passages(sorted(cited))}
    intact = cited == set(texts) and all(quote.stands_in(texts[quote.key]) for quote in answer.quotes)
    return turn if intact else _without_answer(turn, _GONE)


def _without_answer(turn: RememberedTurn, reason: str) -> RememberedTurn:
    return RememberedTurn(turn.asked, Answer(turn.answer.question, turn.answer.mode, abstained=True, reason=reason))


def _remembered(entry: dict[str, Any]) -> RememberedTurn:
    answer = Answer(
        question=str(entry["question"]),
        mode=str(entry["mode"]),
        sentences=tuple(
            Sentence(
                str(item["text"]),
                tuple(map(str, item["citations"])),
                item["supported"] is True,
                tuple(map(str, item.get("missing", ()))),
            )
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
    return RememberedTurn(Asked.parse(str(entry["address"])), answer, str(entry.get("sealed", "")))
