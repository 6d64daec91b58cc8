"""The middleware around the routes, in order."""

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware

from api.auth.narrowing import NarrowedReply
from api.http.settings import HttpSettings
from api.middleware.concurrency_limit import ConcurrencyLimit
from api.middleware.idle_timeout import IdleTimeout
from api.middleware.path_prefix import PathPrefix
from api.middleware.rate_limit import RateLimit, RateLimiter
from api.middleware.request_limits import RequestLimits
from api.middleware.request_log import RequestLog
from api.middleware.security_headers import SecurityHeaders
from api.observability.metrics import Metrics


def add_middleware(app: FastAPI, settings: HttpSettings, metrics: Metrics) -> None:
    """Add limits, logs and headers to the app; `app.state.rate_limiter` is None where there is no rate limit."""
    # Starlette runs first what is added last.
    app.add_middleware(NarrowedReply)
    app.add_middleware(ConcurrencyLimit, limit=settings.concurrent_requests, exempt=frozenset({"/mcp"}))
    rewriting = frozenset({"/owner/withdrawals"})  # files are rewritten, which may take minutes
    app.add_middleware(IdleTimeout, seconds=settings.request_seconds, exempt=rewriting)
    app.add_middleware(RequestLimits, settings.header_bytes, settings.body_bytes, settings.body_seconds)
    app.state.rate_limiter = None
    if settings.rate_limit != "off":
        app.state.rate_limiter = RateLimiter.parse(settings.rate_limit, settings.rate_limit_storage)
        app.add_middleware(RateLimit, limiter=app.state.rate_limiter, exempt=frozenset({"/slack/events"}))
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=("GET", "POST", "DELETE"),
            allow_headers=("authorization", "content-type"),
        )
    app.add_middleware(RequestLog, metrics=metrics)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(PathPrefix, prefix=settings.root_path)
