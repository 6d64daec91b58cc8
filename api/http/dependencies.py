"""What routes are given by FastAPI: the archive as the sender of the request sees it."""

from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.gate import Gate
from rag.archive import Archive
from rag.view import View

_BEARER = HTTPBearer(auto_error=False, description="A key made by `cables keys add`.")


def opened(request: Request) -> Archive:
    """The whole archive: for what tells nothing of its content."""
    archive = request.app.state.archive
    assert isinstance(archive, Archive)  # noqa: S101 - set by the lifespan
    return archive


def _view(request: Request, _key: Annotated[HTTPAuthorizationCredentials | None, Security(_BEARER)] = None) -> View:
    gate = request.app.state.gate
    assert isinstance(gate, Gate)  # noqa: S101 - set by the lifespan
    return opened(request).as_reader(gate.admit(request))


OpenArchive = Annotated[View, Depends(_view)]
