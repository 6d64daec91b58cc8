"""What all services of the pages know of their reader."""

from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.requests import Request

from api.web.kept_service import KeptService
from tests.api.web.small_service import client

__all__ = ["client"]


def test_a_reader_of_this_machine_is_the_owner_under_no_key(client: TestClient) -> None:
    assert isinstance(client.app, FastAPI)
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/saved",
        "query_string": b"",
        "headers": [(b"host", b"127.0.0.1")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "app": client.app,
    }
    service = KeptService(Request(scope))
    assert service._view().catalog.reader.owner
    assert service._key_id == ""
