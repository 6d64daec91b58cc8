"""Measurements and log lines of answers and model calls."""

import logging

from api.observability.metrics import Metrics
from rag.domain.answer import Answer

_log = logging.getLogger("cables.answers")


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
        fields = {"ms": round(seconds * 1000, 1), "failed": failed, "tokens_read": read, "tokens_written": written}
        _log.info("model", extra={"fields": fields})
