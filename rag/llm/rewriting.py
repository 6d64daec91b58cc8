"""Follow-up questions rewritten by the language model as standalone questions."""

from collections.abc import Sequence

from rag.errors import ModelFailed
from rag.llm.model_calls import ModelCalls
from rag.llm.prompt import rewriting
from rag.query.conversation import Turn
from rag.query.query import MOST_CHARACTERS

_MOST_EARLIER_QUESTIONS = 4
_MOST_REWRITTEN_CHARACTERS = 400


class Rewriter:
    """Asks the model for the standalone form of a follow-up."""

    def __init__(self, calls: ModelCalls) -> None:
        self._calls = calls

    async def standalone(self, question: str, turns: Sequence[Turn]) -> str | None:
        """The question as one line, or None where the model fails or its reply is not a short question.

        The model sees only the user's questions: answers may quote what it must not be shown.
        """
        earlier = [turn.content[:MOST_CHARACTERS] for turn in turns if turn.role == "user"][-_MOST_EARLIER_QUESTIONS:]
        try:
            reply = await self._calls.text(rewriting(question, earlier))
        except ModelFailed:
            return None
        line = " ".join(reply.split()).strip("\"' ")
        return line if "?" in line and len(line) <= _MOST_REWRITTEN_CHARACTERS else None
