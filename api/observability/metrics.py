"""Prometheus metrics of the service. Labels have few values: routes, modes, statuses."""

import os

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from rag.domain.answer import Answer

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
WORKERS_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Environment variable that names the folder in which several workers of one service keep their metrics."""
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """The measurements of one process; with several workers, `text` has those of all."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        self._requests = Counter("cables_requests", "Requests.", ("method", "route", "status"), registry=registry)
        self._request_seconds = Histogram(
            "cables_request_seconds", "Time to the end of a response.", ("route",), buckets=_SECONDS, registry=registry
        )
        self._retrieval = Histogram(
            "cables_retrieval_seconds", "Time to find a question's paragraphs.", buckets=_SECONDS, registry=registry
        )
        self._reranking = Histogram(
            "cables_reranking_seconds", "Of that, the time of the reranker.", buckets=_SECONDS, registry=registry
        )
        self._answering = Histogram(
            "cables_answer_seconds", "Time from paragraphs to answer.", ("mode",), buckets=_SECONDS, registry=registry
        )
        self._answers = Counter("cables_answers", "Answers given.", ("mode",), registry=registry)
        self._abstentions = Counter("cables_abstentions", "Questions the archive does not answer.", registry=registry)
        self._unsupported = Counter(
            "cables_unsupported_sentences", "Sentences of the model that no source carries.", registry=registry
        )
        self._llm = Histogram(
            "cables_llm_seconds", "Time of one call to the model.", ("outcome",), buckets=_SECONDS, registry=registry
        )
        self._graph = Gauge(
            "cables_graph_damaged",
            "1 while Chroma's graph is damaged or made anew.",
            registry=registry,
            multiprocess_mode="mostrecent",
        )
        self._tokens = Counter("cables_llm_tokens", "Tokens of the model.", ("direction",), registry=registry)

    def requested(self, method: str, route: str, status: int, seconds: float) -> None:
        """One HTTP request was served."""
        self._requests.labels(method, route, status).inc()
        self._request_seconds.labels(route).observe(seconds)

    def answered(self, answer: Answer) -> None:
        """One question was answered, or declined."""
        self._retrieval.observe(answer.timings_ms.get("retrieval", 0) / 1000)
        if "reranking" in answer.timings_ms:
            self._reranking.observe(answer.timings_ms["reranking"] / 1000)
        self._answering.labels(answer.mode).observe(answer.timings_ms.get("answer", 0) / 1000)
        self._answers.labels(answer.mode).inc()
        self._abstentions.inc(answer.abstained)
        self._unsupported.inc(sum(not sentence.supported for sentence in answer.sentences))

    def completed(self, seconds: float, failed: bool, read: int, written: int) -> None:
        """One call to the language model ended; tokens are 0 where the model does not report them."""
        self._llm.labels("failed" if failed else "ok").observe(seconds)
        self._tokens.labels("read").inc(read)
        self._tokens.labels("written").inc(written)

    def graph(self, damaged: bool) -> None:
        """Whether Chroma's graph is damaged now."""
        self._graph.set(damaged)

    def text(self) -> bytes:
        """All measurements in the Prometheus text format."""
        if not os.environ.get(WORKERS_FOLDER):
            return generate_latest(self._registry)
        merged = CollectorRegistry()
        MultiProcessCollector(merged)  # type: ignore[no-untyped-call]
        return generate_latest(merged)
