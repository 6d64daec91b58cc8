"""`cables serve`."""

from typing import Annotated

import typer

from api.cli.options import Store, settings_for
from rag.errors import BadInput


def serve(
    store: Store = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes; several need CABLES_CHROMA_URL.")] = 1,
) -> None:
    """Run the HTTP service with the web page."""
    import socket

    from api import server
    from rag.archive import Archive, open_catalog

    settings = settings_for(store)
    open_catalog(settings).close()  # a missing store is told before the models are loaded
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise BadInput(f"cannot listen on {host}:{port} ({error.strerror}); choose another --port") from error

    def announce(archive: Archive) -> None:
        archive.announce(f"http://{host}:{port}")

    Archive(settings).close()  # any other trouble too, as one line rather than as a failed start
    server.run(settings, host, port, workers, announce)
