"""Keeping an answer as it is given, and asking a kept question again, for every way in."""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import replace
from typing import Any

from api.observability.audit_log import AuditedReader
from rag.answers.threads import in_thread
from rag.domain.answer import Answer
from rag.domain.answer_difference import AnswerDifference
from rag.domain.events import Answered, Event
from rag.domain.kept_answer import KeptQuestion, ReopenedAnswer
from rag.errors import BadInput
from rag.query.query import Query


def kept_question(query: Query) -> KeptQuestion:
    """What is kept of a question beside its answer."""
    return KeptQuestion(query.question, query.filters, query.dismissed)


async def keeping(events: AsyncGenerator[Event, None], keep: Callable[[Answer], Answer]) -> AsyncGenerator[Event, None]:
    """The events of an answer, which is kept before it is handed on, and then has an id; closing this closes `events`.

    `keep` blocks; it is called in a worker thread.
    """
    async with aclosing(events):
        async for event in events:
            yield Answered(await in_thread(keep, event.answer)) if isinstance(event, Answered) else event


def enter_shown(audited: AuditedReader, opened: ReopenedAnswer) -> None:
    """Enter in the audit log what a kept answer is about to show; citations without words are none of it."""
    quotes = tuple(quote for quote in opened.answer.quotes if quote.quote)
    audited.answered(replace(opened.answer, quotes=quotes))


def query_again(opened: ReopenedAnswer) -> Query:
    """The question of a kept answer, standing alone, under the conditions that it was asked under.

    Raises:
        BadInput: the question was erased with a source that was withdrawn.
    """
    asked = opened.kept.asked
    question = opened.answer.question or asked.question
    if not question:
        raise BadInput("the question of this answer was erased with a source that was withdrawn; ask it anew")
    return Query(question, asked.filters, asked.dismissed)


def asked_again(opened: ReopenedAnswer, after: Answer) -> dict[str, Any]:
    """The object of `POST /answers/{id}/again`."""
    return {"answer": after.json()} | AnswerDifference.between(opened.answer, after).json()
