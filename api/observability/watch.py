"""Measurements and log lines of answers and model calls."""

import logging
from contextvars import ContextVar
from dataclasses import dataclass

from api.observability.metrics import Metrics
from rag.domain.answer import Answer

_log = logging.getLogger("cables.answers")


@dataclass(slots=True)
class ModelTokens:
    """Tokens that the language model reports while one request is served."""

    read: int = 0
    written: int = 0


model_tokens: ContextVar[ModelTokens | None] = ContextVar("model_tokens", default=None)
"""Gathers the tokens of the calls made for the request being served, where somebody wants them."""


class AnswerWatch:
    """Measures and logs each answer; the question's words are logged only with `log_questions`."""

    def __init__(self, metrics: Metrics, log_questions: bool) -> None:
        self._metrics = metrics
        self._log_questions = log_questions

    def answered(self, answer: Answer) -> None:
        """One question was answered, or declined."""
        self._metrics.answered(answer)
        fields = {"mode": answer.mode, "abstained": answer.abstained, "citations": len(answer.quotes)}
        fields |= {f"{name}_ms": spent for name, spent in answer.timings_ms.items()}
        if self._log_questions:
            fields["question"] = answer.question
        _log.info("answer", extra={"fields": fields})

    def completed(self, seconds: float, failed: bool, read: int, written: int) -> None:
        """One call to the language model ended."""
        self._metrics.completed(seconds, failed, read, written)
        if (counted := model_tokens.get()) is not None:
            counted.read += read
            counted.written += written
        fields = {"ms": round(seconds * 1000, 1), "failed": failed, "tokens_read": read, "tokens_written": written}
        _log.info("model", extra={"fields": fields})
