"""Tool calls reach the routes in this process as requests of the MCP sender."""

import pytest
from fastapi import FastAPI, Request

from api.mcp.service import for_sender, in_process


@pytest.fixture
def app() -> FastAPI:
    app = FastAPI()

    @app.get("/echo")
    def echo(request: Request) -> dict[str, object]:
        return {"client": request.client and request.client.host, "headers": dict(request.headers)}

    return app


def mcp_request(headers: dict[str, str]) -> Request:
    encoded = [(name.encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "headers": encoded, "client": ("10.0.0.9", 4321)})


@pytest.mark.anyio
async def test_a_request_has_the_address_and_the_key_of_the_sender(app: FastAPI) -> None:
    sender = mcp_request(
        {
            "authorization": "Bearer key",
            "x-forwarded-for": "192.0.2.1",
            "host": "archive.example",
            "content-length": "999",
            "mcp-session-id": "7",
        }
    )
    async with for_sender(app)(sender) as http:
        echoed = (await http.get("/echo")).json()
    assert echoed["client"] == "10.0.0.9"
    headers = echoed["headers"]
    assert headers["authorization"] == "Bearer key" and headers["host"] == "archive.example"
    assert headers["x-forwarded-for"] == "192.0.2.1"
    assert "content-length" not in headers and "mcp-session-id" not in headers


@pytest.mark.anyio
async def test_over_stdio_the_sender_is_this_machine(app: FastAPI) -> None:
    async with in_process(app, "http://127.0.0.1") as http:
        assert (await http.get("/echo")).json()["client"] == "127.0.0.1"
