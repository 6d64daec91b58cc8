"""The archive as the sender of a request may see it."""

from starlette.datastructures import State
from starlette.requests import HTTPConnection

from api.auth.gate import Gate
from rag.archive import Archive
from rag.scoped_archive import ScopedArchive


def scoped_archive(connection: HTTPConnection, state: State) -> ScopedArchive:
    """The archive for the sender of a request; `state` is the application's. Blocks.

    Raises:
        Unauthorized: there is no valid key.
    """
    assert isinstance(state.gate, Gate)  # noqa: S101 - set by the lifespan
    return archive_of(state).as_reader(state.gate.admit(connection))


def archive_of(state: State) -> Archive:
    """The whole archive, for routes that show nothing of its content."""
    assert isinstance(state.archive, Archive)  # noqa: S101 - set by the lifespan
    return state.archive
