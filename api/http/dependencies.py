"""What routes are given by FastAPI: the open archive."""

from typing import Annotated

from fastapi import Depends, Request

from rag.archive import Archive


def _archive(request: Request) -> Archive:
    archive = request.app.state.archive
    assert isinstance(archive, Archive)  # noqa: S101 - set by the lifespan
    return archive


OpenArchive = Annotated[Archive, Depends(_archive)]
