"""Cross-origin requests through the whole middleware."""

import pytest

from tests.api.middleware.service import app_with, client_of


@pytest.mark.anyio
async def test_only_the_origins_of_the_settings_are_allowed() -> None:
    async with client_of(app_with()) as client:
        response = await client.get("/search", headers={"origin": "https://elsewhere.example"})
        assert "access-control-allow-origin" not in response.headers
    async with client_of(app_with(cors_origins=("https://mine.example",))) as client:
        response = await client.get("/search", headers={"origin": "https://mine.example"})
        assert response.headers["access-control-allow-origin"] == "https://mine.example"
        other = await client.get("/search", headers={"origin": "https://elsewhere.example"})
        assert "access-control-allow-origin" not in other.headers
