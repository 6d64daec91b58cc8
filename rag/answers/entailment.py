"""Entailment judged by the language model: a second check after the deterministic ones, for `CABLES_VERIFY=llm`."""

from collections.abc import Sequence

from rag.domain.retrieved_paragraph import RetrievedParagraph
from rag.llm.model_calls import ModelCalls
from rag.llm.prompt import entailment


class Entailment:
    """Asks the model whether paragraphs state a sentence."""

    def __init__(self, calls: ModelCalls) -> None:
        self._calls = calls

    async def holds(self, sentence: str, sources: Sequence[RetrievedParagraph]) -> bool:
        """Whether the model's reply begins with "yes".

        Raises:
            ModelFailed: as `ModelCalls.pieces`.
        """
        reply = await self._calls.text(entailment(sentence, sources))
        return reply.strip().strip("\"'*.").upper().startswith("YES")
