"""`cables serve`, `cables mcp`."""

import sys
from functools import partial
from typing import Annotated

import typer

from api.auth.loopback import is_loopback
from api.cli.options import Store, settings_for
from api.http.settings import HttpSettings
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
    from rag.archive import Archive
    from rag.catalog.catalog import open_catalog
    from rag.catalog.keys import Keys

    settings, http = settings_for(store), HttpSettings()
    with open_catalog(settings) as catalog:  # raises where there is no store, before the models are loaded
        keys_required = Keys(catalog).required()
    notice = _check_exposure(http, host, keys_required)
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise BadInput(f"cannot listen on {host}:{port} ({error.strerror}); choose another --port") from error

    def announce(archive: Archive) -> None:
        archive.announce(f"http://{host}:{port}")

    Archive(settings).close()  # any other error appears as one line rather than as a failed start
    if notice:
        print(f"cables: {notice}", file=sys.stderr)
    server.run(settings, http, host, port, workers, announce)


def _check_exposure(http: HttpSettings, host: str, keys_required: bool) -> str | None:
    """Refuse to serve a network without authentication; returns the warning where this machine needs no key.

    Raises:
        BadInput: the address is reachable from elsewhere and no key is required.
    """
    if http.auth == "off":
        if not is_loopback(host) and not http.auth_off_beyond_loopback:
            raise BadInput(
                f"CABLES_AUTH=off would show the whole archive to everyone who reaches {host}; make keys instead, or "
                "set CABLES_AUTH_OFF_BEYOND_LOOPBACK=true as well if something before the service asks who they are"
            )
        return "CABLES_AUTH is off: everyone who reaches the service sees the whole archive"
    if keys_required:
        return None
    if not is_loopback(host):
        raise BadInput(
            f"a store without keys is open on this machine only, not at {host}; "
            "make a key with `cables keys add NAME --clearance LEVEL` first"
        )
    return "this store has no keys: every program of this machine sees all of it; `cables keys add` closes it"


def mcp(store: Store = None) -> None:
    """Answer MCP clients over stdin and stdout."""
    import asyncio

    from api.app import create_app
    from api.client import ClientSettings
    from api.mcp.stdio import serve_stdio
    from api.observability.logs import log_to_stderr
    from rag.catalog.catalog import open_catalog

    settings, http = settings_for(store), HttpSettings(rate_limit="off", auth="off")
    open_catalog(settings).close()  # raises where there is no store
    log_to_stderr(http.log_format)
    # Only this process reaches the app, and whoever starts it can read the store's files.
    asyncio.run(serve_stdio(settings.store, ClientSettings(), partial(create_app, settings, http)))
