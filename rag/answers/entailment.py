"""Entailment judged by the language model itself, sentence by sentence."""

from collections.abc import Sequence

from rag.domain.retrieved_paragraph import RetrievedParagraph
from rag.llm.model_calls import ModelCalls
from rag.llm.prompt import entailment


class Entailment:
    """Asks the model whether paragraphs state a sentence."""

    def __init__(self, calls: ModelCalls) -> None:
        self._calls = calls

    async def holds(self, question: str, sentence: str, sources: Sequence[RetrievedParagraph]) -> bool:
        """Whether the model says that these sources state a sentence of an answer to the question.

        Raises:
            ModelFailed: as `ModelCalls.pieces`.
        """
        reply = await self._calls.text(entailment(question, sentence, sources))
        return reply.strip().strip("\"'*.").upper().startswith("YES")
