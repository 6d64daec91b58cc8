"""Follow-up questions rewritten by the language model as standalone questions."""

import re
from collections.abc import Sequence

from rag.domain.retrieved_paragraph import RetrievedParagraph
from rag.llm.disclosure import Disclosure
from rag.llm.model_calls import ModelCalls
from rag.llm.prompt import rewriting
from rag.query.query import MOST_CHARACTERS
from rag.text.surface_facts import unknown_names

_MOST_EARLIER_QUESTIONS = 4
_MOST_REWRITTEN_CHARACTERS = 400
_MOST_ANSWER_CHARACTERS = 1200
_QUESTION = re.compile(r"[^?]{3,}\?")


class Rewriter:
    """Asks the model for the standalone form of a follow-up."""

    def __init__(self, calls: ModelCalls, disclosure: Disclosure | None = None) -> None:
        """`disclosure` holds back what the model must not be shown."""
        self._calls = calls
        self._disclosure = disclosure

    async def standalone(
        self, question: str, earlier: Sequence[str], cited: Sequence[RetrievedParagraph] = (), answer: str = ""
    ) -> str | None:
        """The question as one line; None where the model fails or its reply is not one short question about the same.

        `earlier` are the questions before it, `answer` what the last was answered with and `cited` the paragraphs that
        it cites. The model sees of the answer only what it may see of those paragraphs.
        """
        before = [text[:MOST_CHARACTERS] for text in earlier][-_MOST_EARLIER_QUESTIONS:]
        shown = self._shown(cited, answer)
        line = (await self._calls.line(rewriting(question, before, shown)) or "").strip("\"' ")
        known = " ".join((question, *before, shown, *(f"{each.citation} {each.date}" for each in cited)))
        return line if is_one_question(line) and not unknown_names(line, known) else None

    def _shown(self, cited: Sequence[RetrievedParagraph], answer: str) -> str:
        """The answer, where the model may be shown all that it cites; nothing where it cites nothing."""
        allowed = cited if self._disclosure is None else self._disclosure.shown(cited)
        return answer[:_MOST_ANSWER_CHARACTERS] if cited and len(allowed) == len(cited) else ""


def is_one_question(line: str) -> bool:
    """Whether the line is a single question of a fit length."""
    return len(line) <= _MOST_REWRITTEN_CHARACTERS and _QUESTION.fullmatch(line) is not None
