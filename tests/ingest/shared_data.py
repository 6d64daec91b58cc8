"""Real telegrams beside the project, which not every copy of it has."""

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"


def shared(folder: str) -> Path:
    """A folder of the shared data; skips the test where it is absent, fails it under CI=true."""
    place = SHARED / folder
    if not place.is_dir():
        reason = f"needs the shared data in {folder}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return place
