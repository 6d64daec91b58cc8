"""Paths that no limit applies to: probes, metrics, the page's files."""

from starlette.types import Scope

from api.middleware.path_prefix import path_within

_PROBES = frozenset({"/healthz", "/readyz", "/metrics"})
_PAGE_FILES = "/assets/"


def is_limited(scope: Scope) -> bool:
    """Whether this is an HTTP request to which the limits apply."""
    if scope["type"] != "http":
        return False
    path = path_within(scope)
    return path not in _PROBES and not path.startswith(_PAGE_FILES)
