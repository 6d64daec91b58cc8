"""Entailment judged by the language model, for `CABLES_VERIFY=llm`: a second opinion after the deterministic checks."""

from collections.abc import Generator, Sequence

from rag.model_calls import ModelCalls
from rag.passage import Passage
from rag.prompt import entailment


class Entailment:
    """Asks the model whether paragraphs state a sentence."""

    def __init__(self, calls: ModelCalls) -> None:
        self._calls = calls

    def holds(self, sentence: str, sources: Sequence[Passage]) -> Generator[None, None, bool]:
        """True only for a plain yes; None is yielded while the model thinks.

        Raises:
            ModelFailed: the model did not answer.
        """
        reply = yield from self._calls.text(entailment(sentence, sources))
        return reply.strip().strip("\"'*.").upper().startswith("YES")
