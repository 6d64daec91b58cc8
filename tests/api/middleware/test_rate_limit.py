"""Requests of one key in a period."""

import pytest

from rag.errors import BadInput
from tests.api.middleware.service import app_with, client_of, problem_detail


@pytest.mark.anyio
async def test_each_key_has_its_own_limit() -> None:
    async with client_of(app_with(rate_limit="3/minute")) as client:
        one, two = {"authorization": "Bearer one"}, {"authorization": "Bearer two"}
        for _ in range(3):
            assert (await client.get("/search", headers=one)).status_code == 200
        refused = await client.get("/search", headers=one)
        assert "3 per 1 minute" in problem_detail(refused, 429)
        assert 1 <= int(refused.headers["retry-after"]) <= 60
        assert (await client.get("/search", headers=two)).status_code == 200
        assert (await client.get("/search")).status_code == 200
        assert (await client.get("/healthz", headers=one)).status_code == 200


@pytest.mark.anyio
async def test_an_address_is_refused_after_thirty_refused_keys() -> None:
    async with client_of(app_with()) as client:
        for number in range(30):
            guess = await client.get("/refused", headers={"authorization": f"Bearer {number}"})
            assert guess.status_code == 401
        problem_detail(await client.get("/refused", headers={"authorization": "Bearer right"}), 429)


@pytest.mark.parametrize("limit", ["often", "5/fortnight"])
def test_a_rate_limit_that_cannot_be_read_fails_at_the_start(limit: str) -> None:
    with pytest.raises(BadInput, match="600/minute"):
        app_with(rate_limit=limit)
