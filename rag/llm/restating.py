"""Questions about cables as a set, or about a field of one, put into plain words by the language model."""

import re

from rag.domain.citation import find_citations
from rag.llm.model_calls import ModelCalls
from rag.llm.prompt import restating
from rag.query.query import MOST_CHARACTERS
from rag.text.surface_facts import unknown_names

_OF_CABLES = re.compile(
    r"\b(?:cables?|telegrams?|d[ei]spatch(?:es)?|documents?|archive|collection|holdings?|posts?|embass\w+|tags?"
    r"|sign\w*|classif\w+|how (?:many|often)|everything|list|latest|earliest|newest|oldest|subject|headed|summar\w+)\b"
    r"|\b(?-i:[A-Z]{4})\b",
    re.IGNORECASE,
)
_LONGEST = 300  # characters


class Restater:
    """Asks the model for the plain form of a question."""

    def __init__(self, calls: ModelCalls) -> None:
        self._calls = calls

    async def plain(self, question: str) -> str | None:
        """The question as one plain line; None where it asks for content, or the model fails or adds a name."""
        if _OF_CABLES.search(question) is None and not find_citations(question):
            return None
        line = await self._calls.line(restating(question[:MOST_CHARACTERS]))
        if not line:
            return None
        fit = line.rstrip(".").upper() != "CONTENT" and len(line) <= _LONGEST
        return line if fit and not unknown_names(line, question) else None
