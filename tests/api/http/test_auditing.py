from types import SimpleNamespace

from starlette.datastructures import State
from starlette.requests import Request

from api.http.auditing import audited_reader
from api.observability.audit_log import MCP, PAGE, AuditLog, way_in


def test_the_reader_is_the_sender_of_the_request() -> None:
    state = State({"audit": AuditLog(None)})
    scope = {"type": "http", "method": "GET", "path": "/search", "headers": [], "query_string": b"query=secret",
             "server": ("a", 80), "app": SimpleNamespace(state=state), "state": {"sender": "Bo"}}  # fmt: skip
    reader = audited_reader(Request(scope), state)
    assert (reader.who, reader.way, reader.what) == ("Bo", "http", "GET /search")
    assert audited_reader(Request(scope), state, PAGE).way == PAGE
    token = way_in.set(MCP)
    assert audited_reader(Request(scope), state).way == MCP
    way_in.reset(token)
