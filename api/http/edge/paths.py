"""Which requests are work, to be limited, and which merely ask after the process or fetch the page's files."""

from starlette.types import Scope

_OBSERVED = frozenset({"/healthz", "/readyz", "/metrics"})
_PAGE_FILES = ("/_nicegui", "/assets/")


def is_work(scope: Scope) -> bool:
    """Whether an HTTP request makes the archive do something."""
    if scope["type"] != "http":
        return False
    path: str = scope["path"]
    return path not in _OBSERVED and not path.startswith(_PAGE_FILES)
