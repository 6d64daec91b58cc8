"""Clients of the service in the test's own process."""

from collections.abc import Iterator
from typing import Any

from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from api.app import create_app
from api.http.settings import HttpSettings
from rag.settings import Settings


def client_of(settings: Settings, http: HttpSettings | None = None, **options: Any) -> TestClient:
    """A program of the same machine: a store without keys answers it."""
    options = {"base_url": "http://127.0.0.1", "client": ("127.0.0.1", 50000)} | options
    return TestClient(create_app(settings, http), raise_server_exceptions=False, **options)


def routes_of(router: Any) -> Iterator[APIRoute]:
    """The routes of an application, those of the routers it includes too."""
    for route in router.routes:
        if isinstance(route, APIRoute):
            yield route
        elif (included := getattr(route, "original_router", None)) is not None:
            yield from routes_of(included)
