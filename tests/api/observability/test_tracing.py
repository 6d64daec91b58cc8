"""OpenTelemetry traces of requests."""

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.observability.tracing import trace


def test_traces_need_an_endpoint_and_hold_no_question() -> None:
    pytest.importorskip("opentelemetry.instrumentation.fastapi", reason="the tracing extra is not installed")
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    app = FastAPI()
    app.add_api_route("/search", lambda query: query)
    app.add_api_route("/healthz", lambda: "ok")
    trace(app, None)
    assert not hasattr(app.state, "traces")
    trace(app, "http://127.0.0.1:9")
    spans = InMemorySpanExporter()
    app.state.traces.add_span_processor(SimpleSpanProcessor(spans))
    client = TestClient(app)
    client.get("/search", params={"query": "where is the lantern"})
    client.get("/healthz")
    finished = spans.get_finished_spans()
    assert "GET /search" in {span.name for span in finished}
    assert not any("healthz" in span.name for span in finished)
    assert "lantern" not in " ".join(span.to_json() for span in finished)
