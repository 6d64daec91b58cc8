"""The flat index: every window's vector and fields in plain arrays.

A neighbour graph such as Chroma's takes the time of a few hundred comparisons, but not under a filter. Paragraphs that
a reader may not see influence the paths through it, and it misses more the larger it grows. Here one pass over the
fields first selects the windows that the reader may see and that pass the filters. If they are many, only those whose
vectors have the smallest Hamming distance in their signs are kept (Charikar, STOC 2002). These are compared exactly.
So results depend on the selected windows alone, to the last digit.

The windows are stored in segments, which are immutable. `CURRENT` is a JSON object: segments in use, each with the list
of cables dropped from it since it was written.
"""

import json
import shutil
import threading
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.atomic_files import Generations
from rag.domain.filters import Filters
from rag.errors import StoreUnavailable
from rag.index.flat_segment import FlatSegment, signs_of
from rag.index.window_entries import Entry, paragraph_key_of

_COMPARED = 8192
_TIER = 8  # segments in a tier that are merged into one; segments of the next tier are this many times larger
_SMALLEST = 512  # windows of a segment in the lowest tier; smaller segments count as this large
_TIERS = 3  # segments larger than these tiers (over 262,143 windows) are never merged
_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class _State:
    """What `CURRENT` said when it was read: segments by name and the cables dropped from each."""

    segments: Mapping[str, FlatSegment]
    dropped: Mapping[str, frozenset[str]]
    stamp: tuple[int, int] | None


class FlatVectors:
    """Nearest windows under filters. One process writes; its threads and other processes may read."""

    def __init__(self, folder: Path, compared: int = _COMPARED) -> None:
        """At most about `compared` windows are compared exactly for one search."""
        self._generations = Generations(folder)
        self._compared = compared
        self._state = _State({}, {}, None)
        self._swap = threading.Lock()

    # --- reading

    def search(
        self, vector: Sequence[float], k: int, filters: Filters, classes: Collection[str] | None
    ) -> list[tuple[str, float]]:
        """The `k` paragraphs nearest to a unit vector under the filters, with their cosines, best first.

        Paragraphs with equal cosines are in the order of their ids.
        """
        query = np.asarray(vector, dtype=np.float64)
        segments = self.segments()
        rows = [segment.rows(filters, classes) for segment in segments]
        if sum(map(len, rows)) > self._compared:
            rows = _nearest_by_signs(segments, rows, query, self._compared)
        cosines = np.concatenate(
            [np.empty(0), *(segment.cosines(own, query) for segment, own in zip(segments, rows, strict=True))]
        )
        take = 2 * k  # windows; several may belong to one paragraph
        while True:
            least = np.partition(cosines, -take)[-take] if take < len(cosines) else -np.inf
            best = _best_of_paragraphs(segments, rows, cosines, float(least))
            if len(best) >= k or take >= len(cosines):
                return best[:k]
            take *= 2

    def stored(self, cable_ids: Collection[str]) -> "dict[str, tuple[dict[str, Any], NDArray[np.float16]]]":
        """The windows of these cables by id: their fields and vectors."""
        windows = (window for segment in self.segments() for window in segment.stored(cable_ids))
        return {window_id: (fields, vector) for window_id, fields, vector in windows}

    def sample(self, count: int) -> list[str]:
        """The ids of up to so many windows, spread over all."""
        ids = [(segment.ids, np.flatnonzero(segment.live)) for segment in self.segments()]
        starts = np.cumsum([0, *(len(rows) for _, rows in ids)])
        total = int(starts[-1])
        places = np.unique(np.linspace(0, max(0, total - 1), min(count, total)).astype(np.int64))
        parts = np.searchsorted(starts, places, side="right") - 1
        found = zip(parts.tolist(), (places - starts[parts]).tolist(), strict=True)
        return [ids[part][0][ids[part][1][row]].decode() for part, row in found]

    def segments(self) -> list[FlatSegment]:
        """The segments in use now."""
        return list(self._current().segments.values())

    def ids(self) -> set[str]:
        """Ids of all windows."""
        return {name for segment in self.segments() for name in segment.window_ids(segment.live)}

    def count(self) -> int:
        """How many windows there are."""
        return sum(int(segment.live.sum()) for segment in self.segments())

    # --- writing

    def replace(self, cable_ids: Collection[str], entries: Sequence[Entry]) -> None:
        """Replace the windows of these cables by `entries`, in one step.

        Raises:
            StoreUnavailable: the folder cannot be written.
        """
        state = self._current()
        segments, dropped = dict(state.segments), dict(state.dropped)
        for name, segment in state.segments.items():
            column = segment.fields.columns["cable_id"]
            ids = {value.decode() for value in column.categories[column.categories_in(cable_ids)].tolist()}
            if ids := ids - dropped[name]:
                dropped[name] |= ids
                segments[name] = segment.without(ids)
        try:
            if entries:
                self._add(FlatSegment.of(entries), segments, dropped)
            while names := _full_tier(segments):
                self._add(FlatSegment.joined([segments.pop(name) for name in names]), segments, dropped)
            self._publish(segments, dropped, kept={*segments, *state.segments})
        except OSError as error:
            raise StoreUnavailable(f"the flat index cannot be written: {error}; check the disk") from error

    def compact(self) -> None:
        """Rewrite the segments that hold windows dropped from them, and remove the old ones at once.

        Raises:
            StoreUnavailable: the folder cannot be written.
        """
        state = self._current()
        segments, dropped = dict(state.segments), dict(state.dropped)
        try:
            for name in [name for name in segments if dropped[name]]:
                segment = segments.pop(name)
                if segment.live.any():
                    self._add(FlatSegment.joined([segment]), segments, dropped)
            self._publish(segments, dropped, kept=segments)
        except OSError as error:
            raise StoreUnavailable(f"the flat index cannot be written: {error}; check the disk") from error

    def keep_only(self, beside: Collection[str]) -> None:
        """Delete every index in the folders beside this one, except those named in `beside`."""
        own = self._generations.folder
        for path in own.parent.glob("*"):
            if path != own and path.name not in beside:
                shutil.rmtree(path, ignore_errors=True)

    def _publish(
        self, segments: dict[str, FlatSegment], dropped: Mapping[str, frozenset[str]], kept: Collection[str]
    ) -> None:
        self._generations.publish(json.dumps({name: sorted(dropped[name]) for name in segments}))
        self._state = _State(segments, {name: dropped[name] for name in segments}, self._generations.stamp())
        self._generations.keep_only(kept)

    def _add(self, segment: FlatSegment, segments: dict[str, FlatSegment], dropped: dict[str, frozenset[str]]) -> None:
        name = self._generations.add(segment.save)
        segments[name] = FlatSegment.load(self._generations.folder / name)
        dropped[name] = frozenset()

    # --- the current state

    def _current(self) -> _State:
        if self._generations.stamp() != self._state.stamp:
            with self._swap:
                self._load()
        return self._state

    def _load(self) -> None:
        for attempt in range(1, _ATTEMPTS + 1):  # the writer may delete a segment between the two reads: try again
            stamp = self._generations.stamp()
            if stamp == self._state.stamp:
                return
            try:
                self._state = self._read(stamp)
            except (OSError, ValueError, EOFError) as error:
                if attempt == _ATTEMPTS:
                    raise StoreUnavailable(
                        f"the flat index cannot be read: {error}; run `cables rebuild --all`"
                    ) from error

    def _read(self, stamp: tuple[int, int] | None) -> _State:
        current: dict[str, list[str]] = json.loads(self._generations.current() or "{}")
        known, segments = self._state, {}
        for name, dropped in current.items():
            if known.dropped.get(name) == frozenset(dropped):
                segments[name] = known.segments[name]
            else:
                segments[name] = FlatSegment.load(self._generations.folder / name).without(dropped)
        return _State(segments, {name: frozenset(dropped) for name, dropped in current.items()}, stamp)


def _nearest_by_signs(
    segments: Sequence[FlatSegment], rows: Sequence[NDArray[np.int64]], query: NDArray[np.float64], compared: int
) -> list[NDArray[np.int64]]:
    """The `compared` rows nearest to the query by their signs, and all others as near as the last of them."""
    signs = signs_of(query[np.newaxis])
    distances = [segment.sign_distances(own, signs) for segment, own in zip(segments, rows, strict=True)]
    counts = np.sum([np.bincount(own, minlength=len(query) + 1) for own in distances], axis=0)
    limit = np.searchsorted(np.cumsum(counts), compared)
    return [own[own_distances <= limit] for own_distances, own in zip(distances, rows, strict=True)]


def _best_of_paragraphs(
    segments: Sequence[FlatSegment], rows: Sequence[NDArray[np.int64]], cosines: NDArray[np.float64], least: float
) -> list[tuple[str, float]]:
    """Paragraphs with the cosine of their best window, from all windows with a cosine of `least` or more."""
    scored: list[tuple[float, str]] = []
    start = 0
    for segment, own in zip(segments, rows, strict=True):
        own_cosines = cosines[start : start + len(own)]
        near = own_cosines >= least
        keys = map(paragraph_key_of, segment.window_ids(own[near]))
        scored += zip((-own_cosines[near]).tolist(), keys, strict=True)
        start += len(own)
    best: dict[str, float] = {}
    for negative, key in sorted(scored):
        best.setdefault(key, -negative)
    return list(best.items())


def _full_tier(segments: Mapping[str, FlatSegment]) -> list[str]:
    """The segments of the lowest tier that has `_TIER` of them, and of all lower tiers; empty if no tier is full."""
    tiers: dict[int, list[str]] = {}
    for name, segment in segments.items():
        size = max(int(segment.live.sum()), _SMALLEST)
        tiers.setdefault(int(np.log(size / _SMALLEST) / np.log(_TIER) + 1e-9), []).append(name)
    full = [tier for tier, names in tiers.items() if tier < _TIERS and len(names) >= _TIER]
    chosen = {name for tier, names in tiers.items() if full and tier <= min(full) for name in names}
    return [name for name in segments if name in chosen]
