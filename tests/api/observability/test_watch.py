"""What is measured and logged of answers and calls of the model."""

import json
import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest
from langchain_core.language_models import GenericFakeChatModel
from langchain_core.messages import AIMessage
from langchain_core.messages.ai import UsageMetadata

from api.observability.logs import JsonLines, TerminalLines
from api.observability.metrics import Metrics
from api.observability.watch import AnswerWatch, ModelTokens, model_tokens
from rag.domain.answer import Answer, Sentence
from rag.llm.model_watch import ModelWatch

ANSWER = Answer(
    question="where is the lantern",
    mode="llm",
    sentences=(Sentence("It is lit.", ("08QUILL12#1",)), Sentence("It is red.", (), supported=False)),
    timings_ms={"retrieval": 40.0, "answer": 700.0, "total": 740.0},
)


def test_answers_are_measured() -> None:
    metrics = Metrics()
    watch = AnswerWatch(metrics, log_questions=False)
    watch.answered(ANSWER)
    watch.answered(replace(ANSWER, mode="extractive", sentences=(), abstained=True))
    watch.answered(replace(ANSWER, timings_ms=ANSWER.timings_ms | {"reranking": 30.0}))
    text = metrics.text().decode()
    for line in (
        'cables_answers_total{mode="llm"} 2.0',
        "cables_abstentions_total 1.0",
        "cables_unsupported_sentences_total 2.0",
        'cables_retrieval_seconds_bucket{le="0.05"} 3.0',
        'cables_reranking_seconds_bucket{le="0.05"} 1.0',
        "cables_reranking_seconds_count 1.0",
        'cables_answer_seconds_bucket{le="1.0",mode="llm"} 2.0',
    ):
        assert line in text


@pytest.mark.parametrize("told", [False, True])
def test_the_words_of_a_question_are_logged_only_if_asked_for(told: bool, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "cables")
    AnswerWatch(Metrics(), log_questions=told).answered(ANSWER)
    (record,) = caplog.records
    for formatter in (JsonLines(), TerminalLines()):
        assert ("lantern" in formatter.format(record)) is told
    assert json.loads(JsonLines().format(record))["retrieval_ms"] == 40.0


def test_calls_of_the_model_are_measured() -> None:
    def replies() -> Iterator[AIMessage]:
        yield AIMessage("Lit.", usage_metadata=UsageMetadata(input_tokens=120, output_tokens=7, total_tokens=127))
        raise TimeoutError

    metrics = Metrics()
    model = GenericFakeChatModel(messages=replies())
    model.callbacks = [ModelWatch(AnswerWatch(metrics, log_questions=False).completed)]
    model_tokens.set(counted := ModelTokens())
    model.invoke("Where is the lantern?")
    assert (counted.read, counted.written) == (120, 7)
    with pytest.raises((TimeoutError, RuntimeError)):
        model.invoke("And now?")
    text = metrics.text().decode()
    assert 'cables_llm_tokens_total{direction="read"} 120.0' in text
    assert 'cables_llm_tokens_total{direction="written"} 7.0' in text
    assert 'cables_llm_seconds_count{outcome="ok"} 1.0' in text
    assert 'cables_llm_seconds_count{outcome="failed"} 1.0' in text
