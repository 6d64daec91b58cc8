"""Running the service: one process on an embedded store, several workers on a shared one."""

import os
import tempfile
from collections.abc import Callable
from typing import Any

from api.app import create_app
from api.logs import log_to_stderr
from api.metrics import WORKERS_FOLDER
from rag.archive import Archive
from rag.errors import BadInput
from rag.settings import Settings

_HTTP_BYTES = 65_536  # what the parser itself takes of a request's head before it hangs up


def run(settings: Settings, host: str, port: int, workers: int, opened: Callable[[Archive], None]) -> None:
    """Serve until told to stop; requests and streams under way are finished.

    Raises:
        BadInput: several workers on a store that only one process may own.
    """
    import uvicorn

    options: dict[str, Any] = {
        "host": host,
        "port": port,
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "http": "h11",  # the parser with a limit on the size of headers
        "h11_max_incomplete_event_size": max(_HTTP_BYTES, 2 * settings.header_bytes),
        "timeout_graceful_shutdown": settings.shutdown_seconds,
    }
    log_to_stderr(settings.log_format)
    if workers == 1:
        from api.web.mounting import mount_pages

        app = create_app(settings, opened)
        mount_pages(app)  # a page lives in one process: its socket must find it again
        uvicorn.run(app, **options)
        return
    if settings.chroma_url is None:
        raise BadInput("several workers need a Chroma server they can share; set CABLES_CHROMA_URL, or --workers 1")
    os.environ["CABLES_STORE"] = str(settings.store)  # workers read their settings anew
    with tempfile.TemporaryDirectory(prefix="cables-metrics-") as counts:
        os.environ[WORKERS_FOLDER] = counts
        uvicorn.run("api.server:worker", factory=True, workers=workers, **options)


def worker() -> Any:
    """The application of one of several workers."""
    settings = Settings()
    log_to_stderr(settings.log_format)
    return create_app(settings)
