"""Security headers, and origins whose pages may call the service."""

import pytest

from tests.api.middleware.service import app_with, client_of


@pytest.mark.anyio
async def test_every_response_has_security_headers() -> None:
    async with client_of(app_with()) as client:
        response = await client.get("/search")
    assert response.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-frame-options"] == "DENY"
