"""The audit log as of the sender of a request."""

from starlette.datastructures import State
from starlette.requests import HTTPConnection

from api.observability.audit_log import AuditedReader, AuditLog, way_in


def audited_reader(connection: HTTPConnection, state: State, way: str | None = None) -> AuditedReader:
    """The audit log as of the sender of a request, who must have been admitted before."""
    assert isinstance(state.audit, AuditLog)  # noqa: S101 - set by create_app
    what = f"{connection.scope.get('method', 'GET')} {connection.url.path}"
    return state.audit.reader(getattr(connection.state, "sender", "?"), way or way_in.get(), what)
