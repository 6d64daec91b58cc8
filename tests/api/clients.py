"""Clients of the service in the test's own process."""

from typing import Any

from fastapi.testclient import TestClient

from api.app import create_app
from rag.settings import Settings


def client_of(settings: Settings, **options: Any) -> TestClient:
    """A program of the same machine: a store without keys answers it."""
    options = {"base_url": "http://127.0.0.1", "client": ("127.0.0.1", 50000)} | options
    return TestClient(create_app(settings), raise_server_exceptions=False, **options)
