"""Paths that no limit applies to: probes, metrics, the page's files."""

from starlette.types import Scope

_PROBES = frozenset({"/healthz", "/readyz", "/metrics"})
_PAGE_FILES = ("/_nicegui", "/assets/")


def is_limited(scope: Scope) -> bool:
    """Whether this is an HTTP request to which the limits apply."""
    if scope["type"] != "http":
        return False
    path: str = scope["path"]
    return path not in _PROBES and not path.startswith(_PAGE_FILES)
