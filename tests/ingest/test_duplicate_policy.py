"""Which of two copies is the better one."""

from dataclasses import replace

import pytest

from ingest.duplicate_policy import CORRECTED, reason_to_keep
from rag.domain.cable import Cable
from tests.ingest.invented import cable

_WHOLE = cable("1. (C) The lamp is out, and the keeper is asleep.\n\n2. (C) The boat sank on the way to the rock.\n")
_PART = replace(_WHOLE, paragraphs=_WHOLE.paragraphs[:1])
_CORRECTED = replace(_WHOLE, problems=(CORRECTED,))
_WITHOUT_HEADER = replace(_WHOLE, recipients=(), dtg=None)


@pytest.mark.parametrize(
    ("stored", "new", "reason"),
    [
        (_WHOLE, _WHOLE, None),
        (_WHOLE, _PART, "has more text"),
        (_PART, _WHOLE, None),
        (_CORRECTED, _WHOLE, "is a corrected one"),
        (_WHOLE, _CORRECTED, None),
        (_WHOLE, replace(_PART, problems=(CORRECTED,)), "has more text"),
        (replace(_PART, problems=(CORRECTED,)), _WHOLE, None),
        (_WHOLE, _WITHOUT_HEADER, "has more fields"),
        (_WITHOUT_HEADER, _WHOLE, None),
    ],
)
def test_a_corrected_then_a_longer_then_a_fuller_copy_is_kept(stored: Cable, new: Cable, reason: str | None) -> None:
    assert reason_to_keep(stored, new) == reason
