"""Chroma's clients, and what their errors mean."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar
from urllib.parse import urlsplit

from rag.errors import GraphDamaged, StoreUnavailable

_NOT_ON_DISK = "Nothing found on disk"
_RETRY_PAUSES = (0.02, 0.05, 0.1, 0.2, 0.4)  # seconds
_NOT_DAMAGED = re.compile(rf"\(code: (?!11\)|26\))\d+\)|\(os error (?!2\))\d+\)|{_NOT_ON_DISK}")
"""No damage: SQLite is busy or its disk full (11 and 26 are damage), a file is not for this user (2: it is gone)."""
_P = ParamSpec("_P")
_R = TypeVar("_R")


def open_client(location: Path | str) -> Any:
    """Chroma's client for a folder, or for the server at a URL; its errors are its own."""
    import chromadb

    settings = chromadb.config.Settings(anonymized_telemetry=False)
    if isinstance(location, Path):
        try:
            return chromadb.PersistentClient(path=str(location), settings=settings)
        except BaseException:
            # Chroma keeps what it could not start, and hands it to the next client of the folder.
            chromadb.api.shared_system_client.SharedSystemClient._identifier_to_system.pop(str(location), None)
            raise
    address = urlsplit(location)
    return chromadb.HttpClient(
        host=address.hostname or "localhost",
        port=address.port or (443 if address.scheme == "https" else 8000),
        ssl=address.scheme == "https",
        settings=settings,
    )


def retry_until_on_disk(query: Callable[[], _R]) -> _R:
    """Repeat a query while a Chroma server has not yet written a collection's first vectors to its disk."""
    for pause in _RETRY_PAUSES:
        try:
            return query()
        except StoreUnavailable as error:
            if _NOT_ON_DISK not in str(error):
                raise
            time.sleep(pause)
    return query()


def guarded(call: Callable[_P, _R]) -> Callable[_P, _R]:
    """Wrap a call so that Chroma's errors are raised as `StoreUnavailable`, or `GraphDamaged`."""

    def guarded(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        from chromadb.errors import ChromaError, InternalError
        from httpx import HTTPError

        try:
            return call(*args, **kwargs)
        except (ChromaError, HTTPError, ValueError, OSError) as error:
            first = (str(error) or type(error).__name__).splitlines()[0]
            damaged = isinstance(error, InternalError) and not _NOT_DAMAGED.search(str(error))
            kind = GraphDamaged if damaged else StoreUnavailable
            raise kind(
                f"the vector index cannot be used: {first}; check the disk or CABLES_CHROMA_URL; "
                "`cables rebuild --all` rebuilds a damaged index"
            ) from error

    return guarded
