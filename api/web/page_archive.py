"""The archive as the reader of a page may see it: what all services of the pages are made on."""

from dataclasses import dataclass

from starlette.datastructures import State
from starlette.requests import HTTPConnection

from api.auth.admission import scoped_archive
from api.http.auditing import audited_reader
from api.observability.audit_log import PAGE, AuditedReader
from rag.citing.citable import Holding
from rag.scoped_archive import ScopedArchive


@dataclass(frozen=True, slots=True)
class PageArchive:
    """The archive for whoever opened a page."""

    connection: HTTPConnection

    def _view(self) -> ScopedArchive:
        """Made anew each time, as a key may have been revoked since.

        Raises:
            Unauthorized: the reader must show a key, or another one.
        """
        return scoped_archive(self.connection, self._state)

    def _audited(self) -> AuditedReader:
        return audited_reader(self.connection, self._state, PAGE)

    @property
    def _key_id(self) -> str:
        """The id of the reader's key, empty for the owner; known once they were admitted."""
        return str(self.connection.state.key_id)

    @property
    def _holding(self) -> Holding:
        holding = self._state.holding
        assert isinstance(holding, Holding)  # noqa: S101 - set by create_app
        return holding

    @property
    def _state(self) -> State:
        state = self.connection.app.state
        assert isinstance(state, State)  # noqa: S101 - every application has one
        return state
