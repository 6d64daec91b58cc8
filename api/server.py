"""Running the service: one process on an embedded store, several workers on a shared one."""

import os
import tempfile
from collections.abc import Callable
from typing import Any

from api.app import create_app
from api.http.settings import HttpSettings
from api.observability.logs import log_to_stderr
from api.observability.metrics import WORKERS_FOLDER
from rag.archive import Archive
from rag.errors import BadInput
from rag.settings import Settings

_HTTP_BYTES = 65_536  # bytes of a request's head that the parser reads before it closes the connection


def run(
    settings: Settings, http: HttpSettings, host: str, port: int, workers: int, opened: Callable[[Archive], None]
) -> None:
    """Serve until a signal stops it; requests and streams in progress are finished first.

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
        "http": "h11",  # this parser has a limit on the size of headers
        "h11_max_incomplete_event_size": max(_HTTP_BYTES, 2 * http.header_bytes),
        "timeout_graceful_shutdown": http.shutdown_seconds,
    }
    log_to_stderr(http.log_format)
    if workers == 1:
        uvicorn.run(create_app(settings, http, opened=opened), **options)
        return
    if settings.chroma_url is None:
        raise BadInput("several workers need a Chroma server they can share; set CABLES_CHROMA_URL, or --workers 1")
    os.environ["CABLES_STORE"] = str(settings.store)  # workers read the environment themselves
    with tempfile.TemporaryDirectory(prefix="cables-metrics-") as metrics_folder:
        os.environ[WORKERS_FOLDER] = metrics_folder
        uvicorn.run("api.server:worker", factory=True, workers=workers, **options)


def worker() -> Any:
    """The application of one of several workers."""
    http = HttpSettings()
    log_to_stderr(http.log_format)
    return create_app(http=http)
