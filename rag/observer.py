"""Who is told what an archive does, for measurements."""

from typing import Protocol

from rag.answer import Answer


class Observer(Protocol):
    """Told of answers and of calls to the language model, from any thread."""

    def answered(self, answer: Answer) -> None:
        """One question was answered, or declined."""

    def completed(self, seconds: float, failed: bool, read: int, written: int) -> None:
        """One call to the language model ended; tokens are 0 where the model does not tell them."""
