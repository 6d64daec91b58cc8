import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from api.app import create_app
from rag.archive import Archive
from rag.settings import Settings
from tests.processes import answers, free_port, until


@pytest.fixture(scope="package")
def service(sample_store: Path) -> Iterator[str]:
    """The address of a service over the sample archive."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"

    def announce(archive: Archive) -> None:
        archive.announce(url)

    app = create_app(Settings(store=sample_store), opened=announce)
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    until(lambda: answers(f"{url}/readyz"), 60, "the service starting")
    yield url
    server.should_exit = True
    thread.join()
