"""What routes are given by FastAPI: the archive as the sender of the request sees it."""

from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.admission import view_for
from rag.view import View

_BEARER = HTTPBearer(auto_error=False, description="A key made by `cables keys add`.")


def _view(request: Request, _key: Annotated[HTTPAuthorizationCredentials | None, Security(_BEARER)] = None) -> View:
    return view_for(request, request.app.state)


OpenArchive = Annotated[View, Depends(_view)]
