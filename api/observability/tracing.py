"""OpenTelemetry traces, only where an address to send them to is set."""

from typing import TYPE_CHECKING

from rag.errors import BadInput

if TYPE_CHECKING:
    from fastapi import FastAPI


def trace(app: "FastAPI", endpoint: str | None) -> None:
    """Send a span for each request to an OTLP collector (gRPC) at `endpoint`; None sends nothing.

    Spans have method, route and status; query strings are removed, because they hold questions.

    Raises:
        BadInput: OpenTelemetry is not installed.
    """
    if endpoint is None:
        return
    try:
        from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
        from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise BadInput("CABLES_OTLP_ENDPOINT is set; it needs pip install 'cables[tracing]'") from error
    provider = TracerProvider(resource=Resource.create({"service.name": "cables"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint, insecure=endpoint.startswith("http:"))))
    FastAPIInstrumentor.instrument_app(
        app, tracer_provider=provider, excluded_urls="healthz,readyz,metrics", server_request_hook=_without_query
    )
    app.state.traces = provider


def _without_query(span: object, scope: dict[str, object]) -> None:
    from opentelemetry.trace import Span

    assert isinstance(span, Span)  # noqa: S101 - what the instrumentation passes
    for name in ("http.url", "url.full", "http.target"):
        span.set_attribute(name, str(scope["path"]))
    span.set_attribute("url.query", "")
