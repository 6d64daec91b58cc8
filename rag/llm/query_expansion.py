"""Query expansion: other searches for a question, in the words that the language model thinks its cables use."""

from rag.errors import ModelFailed
from rag.llm.model_calls import ModelCalls
from rag.llm.prompt import expansion
from rag.query.query import MOST_CHARACTERS

_MOST_QUERIES = 3
_LONGEST = 200  # characters of a line


class QueryExpander:
    """Asks the model for other searches."""

    def __init__(self, calls: ModelCalls) -> None:
        self._calls = calls

    async def queries(self, question: str) -> tuple[str, ...]:
        """At most three, without the question itself; none where the model fails."""
        try:
            reply = await self._calls.text(expansion(question[:MOST_CHARACTERS]))
        except ModelFailed:
            return ()
        lines = (" ".join(line.split()).lstrip("-*•0123456789.) ") for line in reply.splitlines())
        return tuple(dict.fromkeys(line[:_LONGEST] for line in lines if line and line != question))[:_MOST_QUERIES]
