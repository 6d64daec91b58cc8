"""Parameters that several routes share: the archive as the sender sees it, filters, path segments."""

from datetime import date
from typing import Annotated

from fastapi import Depends, Path, Query, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.auth.admission import scoped_archive
from api.http.auditing import audited_reader
from api.http.schemas import ChatFilters
from api.observability.audit_log import AuditedReader
from rag.catalog.kept_answers import KeptAnswers
from rag.scoped_archive import ScopedArchive

_BEARER = HTTPBearer(auto_error=False, description="A key made by `cables keys add`.")


def _archive(
    request: Request, _key: Annotated[HTTPAuthorizationCredentials | None, Security(_BEARER)] = None
) -> ScopedArchive:
    return scoped_archive(request, request.app.state)


OpenArchive = Annotated[ScopedArchive, Depends(_archive)]


def _audited(request: Request, _archive: OpenArchive) -> AuditedReader:
    return audited_reader(request, request.app.state)


Audited = Annotated[AuditedReader, Depends(_audited)]
"""The audit log as of the sender: a route enters there what it shows."""


def _kept(request: Request, archive: OpenArchive) -> KeptAnswers:
    return KeptAnswers(archive.catalog, request.state.key_id)  # set when the sender was admitted


Kept = Annotated[KeptAnswers, Depends(_kept)]
"""The kept answers of the sender."""
CableIdPath = Annotated[str, Path(max_length=64, examples=["08TOKYO2367"])]
NumberPath = Annotated[str, Path(max_length=16, examples=["3", "5~2"])]


def _filters(
    post: Annotated[list[str], Query(max_length=50)] = [],  # noqa: B006 - FastAPI copies defaults
    tag: Annotated[list[str], Query(max_length=50)] = [],  # noqa: B006
    classification: Annotated[list[str], Query(max_length=50)] = [],  # noqa: B006
    date_from: date | None = None,
    date_to: date | None = None,
) -> ChatFilters:
    return ChatFilters(post=post, tag=tag, classification=classification, date_from=date_from, date_to=date_to)


SearchFilters = Annotated[ChatFilters, Depends(_filters)]
