"""How a model is asked: a large one at length, a small one in few words and held to a form."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.messages import BaseMessage

from rag.domain.retrieved_paragraph import Excerpt
from rag.llm.disclosure import is_local
from rag.llm.prompt import messages, short_messages
from rag.llm.reply_grammar import reply_grammar
from rag.settings import Settings

_SHORT_REPLY_TOKENS = 130
"""Some 90 words: the prompt asks for 60."""


@dataclass(frozen=True, slots=True)
class Prompting:
    """`small` is a model that reads slowly, follows few rules and cannot mend a sentence when told.

    `grammar` says that its server is one of llama.cpp, which holds a reply to a grammar.
    """

    small: bool = False
    grammar: bool = False

    def messages(self, question: str, sources: Sequence[Excerpt]) -> list[BaseMessage]:
        """The chat messages for a question over these sources, numbered from 1."""
        return short_messages(question, sources) if self.small else messages(question, sources)

    def options(self, sources: int) -> dict[str, Any]:
        """What a call over so many sources sends beside its messages."""
        if not self.small:
            return {}
        options: dict[str, Any] = {"max_tokens": _SHORT_REPLY_TOKENS}
        return options | ({"extra_body": {"grammar": reply_grammar(sources)}} if self.grammar else {})


def prompting(settings: Settings) -> Prompting:
    """How the model that the settings name is asked: one that runs in this process is small unless they say else."""
    local = is_local(settings.llm or "")
    small = settings.llm_size == "small" or (settings.llm_size is None and local)
    return Prompting(small, grammar=local)
