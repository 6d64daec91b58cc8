"""Options that several commands share."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from api.observability.audit_log import CLI, AuditedReader, AuditLog
from rag.domain.filters import Filters
from rag.index.lock import service_url
from rag.index.owner_key import owner_key
from rag.settings import Settings

if TYPE_CHECKING:
    from api.client import ServiceClient
    from rag.archive import Archive

T = TypeVar("T")

OWNER_WAIT_SECONDS = 20.0
"""How long a command waits for another one that has the indexes, such as an `ask`."""

INTERRUPTED = 130
"""The exit code after Ctrl-C: 128 and the number of SIGINT, as in shells."""

Store = Annotated[
    Path | None,
    typer.Option("--store", metavar="DIR", help="Folder of the archive (CABLES_STORE).", show_default=False),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Posts = Annotated[list[str] | None, typer.Option("--post", help="Only cables from this post; may be repeated.")]
Tags = Annotated[list[str] | None, typer.Option("--tag", help="Only cables with this TAG; may be repeated.")]
Classifications = Annotated[
    list[str] | None, typer.Option("--classification", help="Only cables classified so; may be repeated.")
]
DateFrom = Annotated[
    datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="Only cables from this day on.")
]
DateTo = Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Only cables up to this day.")]


def settings_for(store: Path | None) -> Settings:
    """The core settings; a store on the command line takes precedence over CABLES_STORE."""
    return Settings() if store is None else Settings(store=store)


def audited(settings: Settings, command: str) -> AuditedReader:
    """The audit log for a command that reads the store itself: whoever can is its owner."""
    return AuditLog(settings.audit_log).reader("owner", CLI, command)


def filters_of(
    posts: list[str] | None,
    tags: list[str] | None,
    classifications: list[str] | None,
    first: datetime | None,
    last: datetime | None,
) -> Filters:
    """The filters of the command line."""
    return Filters.of(posts, tags, first.date() if first else None, last.date() if last else None, classifications)


def by_service_or_archive(
    settings: Settings,
    by_service: "Callable[[ServiceClient], Awaitable[T]]",
    by_archive: "Callable[[Archive], T]",
) -> T:
    """The result of the running service that owns the store, or of the archive where there is none."""
    if url := service_url(settings.store):
        from api.client import call_service

        return call_service(url, owner_key(settings.store), by_service)
    from rag.archive import Archive

    with Archive(settings, wait=OWNER_WAIT_SECONDS) as archive:
        return by_archive(archive)
