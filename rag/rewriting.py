"""Follow-up questions made to stand on their own by the language model."""

from collections.abc import Generator, Sequence

from rag.conversation import Turn
from rag.errors import ModelFailed
from rag.model_calls import ModelCalls
from rag.prompt import rewriting
from rag.question import MOST_CHARACTERS

_EARLIER = 4
_LONGEST = 400


class Rewriter:
    """Asks the model for a follow-up's standalone form."""

    def __init__(self, calls: ModelCalls) -> None:
        self._calls = calls

    def standalone(self, question: str, turns: Sequence[Turn]) -> Generator[None, None, str | None]:
        """One line, or None where the model gives nothing usable; None is yielded while it writes.

        The model sees the user's questions alone: answers may quote what it must not be shown.
        """
        earlier = [turn.content[:MOST_CHARACTERS] for turn in turns if turn.role == "user"][-_EARLIER:]
        try:
            reply = yield from self._calls.text(rewriting(question, earlier))
        except ModelFailed:
            return None
        line = " ".join(reply.split()).strip("\"' ")
        return line if "?" in line and len(line) <= _LONGEST else None
