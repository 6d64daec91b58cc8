"""Selects windows of an archive to calibrate a fast encoder on."""

import random

from rag.catalog.catalog import Catalog
from rag.index.window_entries import WindowEntries

WINDOWS = 48
"""Two thirds calibrate the encoder, one third checks it. More windows hardly change the ranges."""
LEAST_WINDOWS = 24
_CABLES = 200


def calibration_windows(catalog: Catalog, entries: WindowEntries, seed: int = 0) -> list[str]:
    """Distinct windows of cables sampled from the whole archive, shuffled; empty if there are too few."""
    rng = random.Random(seed)  # noqa: S311 - a sample, not a secret
    ids = sorted(catalog.ids())
    sampled_ids = rng.sample(ids, min(_CABLES, len(ids)))
    texts = sorted({window.text for window in entries.of(catalog.cables(sampled_ids))})
    return rng.sample(texts, min(WINDOWS, len(texts))) if len(texts) >= LEAST_WINDOWS else []
