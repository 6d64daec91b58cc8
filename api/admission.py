"""From a request to the archive as its sender may see it."""

from starlette.datastructures import State
from starlette.requests import HTTPConnection

from api.gate import Gate
from rag.archive import Archive
from rag.view import View


def view_for(connection: HTTPConnection, state: State) -> View:
    """The archive for the sender of a request; `state` is that of the service's application. Blocks.

    Raises:
        Unauthorized: the sender must show a key, or another one.
    """
    assert isinstance(state.gate, Gate)  # noqa: S101 - set by the lifespan
    return archive_of(state).as_reader(state.gate.admit(connection))


def archive_of(state: State) -> Archive:
    """The whole archive, for what tells nothing of its content."""
    assert isinstance(state.archive, Archive)  # noqa: S101 - set by the lifespan
    return state.archive
