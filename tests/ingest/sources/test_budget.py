"""How much an input may unpack to."""

import pytest

from ingest.sources.budget import RATIO_FROM, UnpackingBudget, bomb_reason
from ingest.sources.spool import TooLarge


def test_small_amounts_are_free_and_large_ones_are_bounded() -> None:
    budget = UnpackingBudget(10)
    budget.spend(RATIO_FROM)
    with pytest.raises(TooLarge):
        budget.spend(1)
    assert UnpackingBudget(10**9).limit > 10**10
    assert UnpackingBudget(10**9, 1_000).limit == 1_000
    assert "bomb" in bomb_reason()
