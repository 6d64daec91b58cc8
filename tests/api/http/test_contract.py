"""Every operation of the OpenAPI document under generated requests: no server error, nothing undocumented."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.app import create_app
from api.http.settings import HttpSettings
from rag.archive import Archive
from rag.settings import Settings
from tests.processes import answers, free_port, until
from tests.rag.samples import make_cable

_EXAMPLES = 25


@pytest.fixture(scope="module")
def small_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service over two small cables, so that a question is answered in little time."""
    chosen = Settings(store=tmp_path_factory.mktemp("contract"))
    with Archive(chosen, create=True) as archive:
        archive.catalog.put(
            make_cable("08QUILL12", "The lantern was lit.", ("U", "A bell rang."), references=("07QUILL3",))
        )
        archive.catalog.put(make_cable("07QUILL3", "The harbor froze over."))
        archive.index_pending()
    port = free_port()
    server = uvicorn.Server(
        uvicorn.Config(create_app(chosen, HttpSettings(rate_limit="off")), port=port, log_level="warning")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    url = f"http://127.0.0.1:{port}"
    until(lambda: answers(f"{url}/readyz"), 60, "the service starting")
    yield url
    server.should_exit = True
    thread.join()


schema = schemathesis.openapi.from_dict(create_app(Settings()).openapi())  # opens nothing: the app is not started


@schema.parametrize()
@settings(max_examples=_EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_the_contract_holds(case: schemathesis.Case[Any], small_service: str) -> None:
    response = case.call_and_validate(
        base_url=small_service,
        checks=[not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance],
        timeout=60,
    )
    assert response.status_code < 500
