"""The layers around the routes, from the outside in."""

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from api.http.edge.bounds import Bounds
from api.http.edge.crowd import Crowd
from api.http.edge.patience import Patience
from api.http.edge.rate import Allowance, Callers, Rate
from api.http.edge.request_log import RequestLog
from api.http.edge.security_headers import SecurityHeaders
from api.http.edge.sizes import RequestSizes
from api.metrics import Metrics
from api.openai.errors import OpenAIErrors
from rag.settings import Settings


def surround(app: FastAPI, settings: Settings, metrics: Metrics) -> None:
    """Put the app behind its limits."""
    # Starlette runs what is added last first.
    app.add_middleware(Bounds)
    app.add_middleware(Crowd, most=settings.concurrent_requests, passed=frozenset({"/mcp"}))
    app.add_middleware(Patience, seconds=settings.request_seconds)
    app.add_middleware(RequestSizes, settings.header_bytes, settings.body_bytes, settings.body_seconds)
    app.state.callers = None
    if settings.rate_limit != "off":
        app.state.callers = Callers(Allowance.of(settings.rate_limit, settings.rate_limit_storage))
        app.add_middleware(Rate, callers=app.state.callers, passed=frozenset({"/slack/events"}))
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=("GET", "POST"),
            allow_headers=("authorization", "content-type"),
        )
    app.add_middleware(RequestLog, metrics=metrics)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(OpenAIErrors)
