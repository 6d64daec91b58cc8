"""Questions in other languages put into English by the language model."""

from rag.llm.model_calls import ModelCalls
from rag.llm.prompt import translation
from rag.query.query import MOST_CHARACTERS


class Translator:
    """Asks the model for the English of a question."""

    def __init__(self, calls: ModelCalls) -> None:
        self._calls = calls

    async def into_english(self, question: str) -> str | None:
        """The question in English as one line, or None where the model fails or its reply is no such question."""
        reply = await self._calls.line(translation(question[:MOST_CHARACTERS]))
        line = (reply or "").strip("\"'“”«» ")
        return line if line and len(line) <= max(200, 3 * len(question)) else None
