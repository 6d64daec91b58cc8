"""What the service measures and logs of each answer."""

import logging

from api.metrics import Metrics
from rag.answer import Answer

_log = logging.getLogger("cables.answers")


class AnswerWatch:
    """An `rag.observer.Observer`: measures, and logs one line an answer, with the question's words only if told to."""

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
