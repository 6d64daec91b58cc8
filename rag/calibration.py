"""Windows of an archive to calibrate a fast encoder on."""

import random

from rag.catalog import Catalog
from rag.window_entries import WindowEntries

WINDOWS = 48
"""Two thirds to calibrate on, one third to check; with more, the ranges hardly change any more."""
LEAST_WINDOWS = 24
_CABLES = 200


def calibration_windows(catalog: Catalog, entries: WindowEntries, seed: int = 0) -> list[str]:
    """Different windows of cables from all of the archive, in no order; none where there are too few."""
    chance = random.Random(seed)  # noqa: S311 - a sample, not a secret
    ids = sorted(catalog.ids())
    chosen = chance.sample(ids, min(_CABLES, len(ids)))
    cables = (cable for each in chosen if (cable := catalog.cable(each)) is not None)
    texts = sorted({window.text for window in entries.of(cables)})
    return chance.sample(texts, min(WINDOWS, len(texts))) if len(texts) >= LEAST_WINDOWS else []
