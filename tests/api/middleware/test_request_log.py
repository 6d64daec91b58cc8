"""Request ids, log lines, measurements and unexpected errors."""

import json
import logging

import pytest

from api.observability.logs import JsonLines
from tests.api.middleware.service import app_with, client_of, problem_detail


@pytest.mark.anyio
async def test_an_unexpected_error_shows_only_the_request_id(caplog: pytest.LogCaptureFixture) -> None:
    async with client_of(app_with()) as client:
        response = await client.get("/broken", headers={"x-request-id": "mine-1"})
    assert "mine-1" in problem_detail(response, 500) and "secret" not in response.text
    assert response.headers["x-request-id"] == "mine-1"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "a secret of the machine" in caplog.text


@pytest.mark.anyio
async def test_a_log_line_has_a_request_and_no_question(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "cables")
    async with client_of(app_with()) as client:
        response = await client.get("/search", params={"query": "where is the lantern"})
    record = next(record for record in caplog.records if record.name == "cables.requests")
    line = json.loads(JsonLines().format(record))
    assert {"time", "level", "method", "path", "status", "ms"} <= set(line)
    assert (line["method"], line["path"], line["status"]) == ("GET", "/search", 200)
    assert "lantern" not in caplog.text + json.dumps(line)
    assert len(response.headers["x-request-id"]) == 16


@pytest.mark.anyio
async def test_requests_are_measured_by_route_and_not_by_path() -> None:
    app = app_with()
    async with client_of(app) as client:
        for path in ("/search", "/search", "/nowhere/1", "/nowhere/2"):
            await client.get(path)
    text = app.state.metrics.text().decode()
    assert 'cables_requests_total{method="GET",route="/search",status="200"} 2.0' in text
    assert 'cables_requests_total{method="GET",route="other",status="404"} 2.0' in text
    assert "nowhere" not in text
