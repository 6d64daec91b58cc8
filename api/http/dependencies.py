"""What routes are given by FastAPI: the archive as the sender of the request sees it."""

from datetime import date
from typing import Annotated

from fastapi import Depends, Query, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.admission import view_for
from api.http.schemas import ChatFilters
from rag.view import View

_BEARER = HTTPBearer(auto_error=False, description="A key made by `cables keys add`.")


def _view(request: Request, _key: Annotated[HTTPAuthorizationCredentials | None, Security(_BEARER)] = None) -> View:
    return view_for(request, request.app.state)


OpenArchive = Annotated[View, Depends(_view)]


def _filters(
    post: Annotated[list[str], Query(max_length=50)] = [],  # noqa: B006 - FastAPI copies defaults
    tag: Annotated[list[str], Query(max_length=50)] = [],  # noqa: B006
    classification: Annotated[list[str], Query(max_length=50)] = [],  # noqa: B006
    date_from: date | None = None,
    date_to: date | None = None,
) -> ChatFilters:
    return ChatFilters(post=post, tag=tag, classification=classification, date_from=date_from, date_to=date_to)


Narrowed = Annotated[ChatFilters, Depends(_filters)]
