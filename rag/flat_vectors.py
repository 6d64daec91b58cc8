"""The flat index: every window's vector and fields in plain arrays.

A graph of neighbours such as Chroma's is searched in the time a few hundred comparisons take, but not under a
condition; what a reader may not see shapes the paths through it, and the larger it is the more it misses. Here the
windows a reader may see under the filters are chosen first, by one pass over their fields. Of many, those whose
vectors differ in sign in the fewest components are taken (Charikar, STOC 2002), and these are compared exactly. What
is found rests on the windows chosen alone, to the last digit.

The windows stand in segments, folders that never change. `CURRENT` names those that count, with the cables dropped
from each since; it is replaced by one rename, so any number of processes may read while one writes.
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

from rag.errors import StoreUnavailable
from rag.filters import Filters
from rag.flat_segment import Segment, signs_of
from rag.window_entries import Entry, key_of

_POINTER = "CURRENT"
_COMPARED = 8192
_TIER = 8  # segments of about one size that become one; the sizes of tiers are powers of it
_SMALLEST = 512  # windows of a segment of the lowest tier; smaller ones count as such
_TIERS = 3  # what is larger than the last of these (262,143 windows) stays as it is
_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class _State:
    """What `CURRENT` said when it was read: segments by name, the cables dropped from each."""

    segments: Mapping[str, Segment]
    dropped: Mapping[str, frozenset[str]]
    stamp: tuple[int, int] | None


class FlatVectors:
    """Windows by meaning under conditions. One process writes; threads and other processes may read."""

    def __init__(self, folder: Path, compared: int = _COMPARED) -> None:
        """Of more windows than `compared` that come into question, so many are compared exactly."""
        self._folder = folder
        self._compared = compared
        self._pointer = folder / _POINTER
        self._state = _State({}, {}, None)
        self._swap = threading.Lock()

    # --- reading

    def search(
        self, vector: Sequence[float], k: int, filters: Filters, classes: Collection[str] | None
    ) -> list[tuple[str, float]]:
        """The `k` paragraphs nearest to a unit vector under the filters, with their cosines, best first.

        Paragraphs of the same cosine come in the order of their ids.
        """
        asked = np.asarray(vector, dtype=np.float64)
        segments = self.segments()
        rows = [each.rows(filters, classes) for each in segments]
        if sum(map(len, rows)) > self._compared:
            rows = _nearest_by_signs(segments, rows, asked, self._compared)
        cosines = np.concatenate(
            [np.empty(0), *(each.cosines(own, asked) for each, own in zip(segments, rows, strict=True))]
        )
        take = 2 * k
        while True:
            least = np.partition(cosines, -take)[-take] if take < len(cosines) else -np.inf
            best = _collapsed(segments, rows, cosines, float(least))
            if len(best) >= k or take >= len(cosines):
                return best[:k]
            take *= 2

    def held(self, cable_ids: Collection[str]) -> "dict[str, tuple[dict[str, Any], NDArray[np.float16]]]":
        """The windows of these cables by id: their fields and vectors."""
        found = (window for each in self.segments() for window in each.held(cable_ids))
        return {name: (fields, vector) for name, fields, vector in found}

    def segments(self) -> list[Segment]:
        """The parts it consists of now."""
        return list(self._current().segments.values())

    def ids(self) -> set[str]:
        """Ids of all windows."""
        return {name for each in self.segments() for name in each.window_ids(each.live)}

    def count(self) -> int:
        """How many windows there are."""
        return sum(int(each.live.sum()) for each in self.segments())

    # --- writing

    def replace(self, cable_ids: Collection[str], entries: Sequence[Entry]) -> None:
        """Hold exactly `entries` of these cables, in one step.

        Raises:
            StoreUnavailable: the folder cannot be written.
        """
        state = self._current()
        segments, dropped = dict(state.segments), dict(state.dropped)
        for name, segment in state.segments.items():
            own = segment.fields.named["cable_id"]
            gone = {each.decode() for each in own.names[own.wanted(cable_ids)].tolist()} - dropped[name]
            if gone:
                dropped[name] |= gone
                segments[name] = segment.without(gone)
        try:
            number = self._next_number()
            if entries:
                segments[str(number)] = self._written(Segment.of(entries), str(number))
                dropped[str(number)] = frozenset()
            self._merge(segments, dropped, number + 1)
            self._publish(segments, dropped)
            self._clear_away({*segments, *state.segments})
        except OSError as error:
            raise StoreUnavailable(f"the flat index cannot be written: {error}; check the disk") from error

    def restart(self, beside: Collection[str]) -> None:
        """Drop everything here, and every index in the folder around this one that is not named in `beside`."""
        for each in self._folder.parent.glob("*"):
            if each.name not in beside:
                shutil.rmtree(each, ignore_errors=True)
        self._state = _State({}, {}, None)

    def _merge(self, segments: dict[str, Segment], dropped: dict[str, frozenset[str]], number: int) -> None:
        """Make one of the segments of a tier that is full, in their order, until no tier is."""
        while names := _full_tier(segments):
            merged = Segment.joined([segments.pop(name) for name in names])
            for name in names:
                del dropped[name]
            segments[str(number)] = self._written(merged, str(number))
            dropped[str(number)] = frozenset()
            number += 1

    def _written(self, segment: Segment, name: str) -> Segment:
        unfinished = self._folder / f"unfinished-{name}"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        segment.save(unfinished)
        unfinished.rename(self._folder / name)
        return Segment.load(self._folder / name)

    def _publish(self, segments: Mapping[str, Segment], dropped: Mapping[str, frozenset[str]]) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        fresh = self._folder / f"{_POINTER}.new"
        fresh.write_text(json.dumps({name: sorted(dropped[name]) for name in segments}), encoding="utf-8")
        fresh.replace(self._pointer)
        self._state = _State(segments, dropped, self._stamp())

    def _clear_away(self, kept: Collection[str]) -> None:
        """Remove what counts no more. What counted until now stays one round: a reader may be about to open it."""
        for each in self._folder.iterdir():
            if each.is_dir() and each.name not in kept:
                shutil.rmtree(each, ignore_errors=True)

    def _next_number(self) -> int:
        numbers = (int(each.name) for each in self._folder.glob("*") if each.name.isdecimal())
        return max(numbers, default=0) + 1

    # --- what is current

    def _current(self) -> _State:
        if self._stamp() != self._state.stamp:
            with self._swap:
                self._load()
        return self._state

    def _stamp(self) -> tuple[int, int] | None:
        try:
            found = self._pointer.stat()
        except FileNotFoundError:
            return None
        return found.st_ino, found.st_mtime_ns

    def _load(self) -> None:
        for attempt in range(1, _ATTEMPTS + 1):  # written over and over, a segment just read of may be gone
            stamp = self._stamp()
            if stamp == self._state.stamp:
                return
            try:
                self._state = self._read(stamp)
            except (OSError, ValueError) as error:
                if attempt == _ATTEMPTS:
                    raise StoreUnavailable(
                        f"the flat index cannot be read: {error}; run `cables rebuild --all`"
                    ) from error

    def _read(self, stamp: tuple[int, int] | None) -> _State:
        if stamp is None:
            return _State({}, {}, None)
        named: dict[str, list[str]] = json.loads(self._pointer.read_text(encoding="utf-8"))
        known, segments = self._state, {}
        for name, gone in named.items():
            if known.dropped.get(name) == frozenset(gone):
                segments[name] = known.segments[name]
            else:
                segments[name] = Segment.load(self._folder / name).without(gone)
        return _State(segments, {name: frozenset(gone) for name, gone in named.items()}, stamp)


def _nearest_by_signs(
    segments: Sequence[Segment], rows: Sequence[NDArray[np.int64]], asked: NDArray[np.float64], compared: int
) -> list[NDArray[np.int64]]:
    """Of these rows the nearest `compared`, and all others that are as near as the last of them."""
    signs = signs_of(asked[np.newaxis])
    differing = [each.differing_signs(own, signs) for each, own in zip(segments, rows, strict=True)]
    counts = np.sum([np.bincount(each, minlength=len(asked) + 1) for each in differing], axis=0)
    reach = np.searchsorted(np.cumsum(counts), compared)
    return [own[each <= reach] for each, own in zip(differing, rows, strict=True)]


def _collapsed(
    segments: Sequence[Segment], rows: Sequence[NDArray[np.int64]], cosines: NDArray[np.float64], least: float
) -> list[tuple[str, float]]:
    """Paragraphs by their best window, of all windows with a cosine of `least` or more."""
    scored: list[tuple[float, str]] = []
    start = 0
    for segment, own in zip(segments, rows, strict=True):
        ours = cosines[start : start + len(own)]
        near = ours >= least
        scored += zip((-ours[near]).tolist(), map(key_of, segment.window_ids(own[near])), strict=True)
        start += len(own)
    best: dict[str, float] = {}
    for negative, key in sorted(scored):
        best.setdefault(key, -negative)
    return list(best.items())


def _full_tier(segments: Mapping[str, Segment]) -> list[str]:
    """The segments of the smallest tier that has `_TIER` of them, and of all smaller ones, or none."""
    tiers: dict[int, list[str]] = {}
    for name, segment in segments.items():
        size = max(int(segment.live.sum()), _SMALLEST)
        tiers.setdefault(int(np.log(size / _SMALLEST) / np.log(_TIER) + 1e-9), []).append(name)
    full = [tier for tier, names in tiers.items() if tier < _TIERS and len(names) >= _TIER]
    chosen = {name for tier, names in tiers.items() if full and tier <= min(full) for name in names}
    return [name for name in segments if name in chosen]
