"""What routes are given by FastAPI: the archive as the sender of the request sees it."""

from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.requests import HTTPConnection

from api.gate import Gate
from rag.archive import Archive
from rag.view import View

_BEARER = HTTPBearer(auto_error=False, description="A key made by `cables keys add`.")


def opened(connection: HTTPConnection) -> Archive:
    """The whole archive: for what tells nothing of its content."""
    archive = connection.app.state.archive
    assert isinstance(archive, Archive)  # noqa: S101 - set by the lifespan
    return archive


def view_of(connection: HTTPConnection) -> View:
    """The archive as the sender of a request may see it. Reads the catalog, so it blocks.

    Raises:
        Unauthorized: the sender must show a key, or another one.
    """
    gate = connection.app.state.gate
    assert isinstance(gate, Gate)  # noqa: S101 - set by the lifespan
    return opened(connection).as_reader(gate.admit(connection))


def _view(request: Request, _key: Annotated[HTTPAuthorizationCredentials | None, Security(_BEARER)] = None) -> View:
    return view_of(request)


OpenArchive = Annotated[View, Depends(_view)]
