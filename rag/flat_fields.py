"""Fields of windows column by column, for conditions on all of them at once."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from rag.filters import Filters

Rows: TypeAlias = "NDArray[np.int64]"
Mask: TypeAlias = "NDArray[np.bool_]"

_NAMED = ("cable_id", "post", "access", "header_access", "classification")
_TAG = "tag:"
_UNDATED = np.iinfo(np.int64).min


@dataclass(frozen=True, slots=True)
class Named:
    """A column of names: for each row, or each mark on a row, its place among the sorted `names` (UTF-8)."""

    names: NDArray[np.bytes_]
    places: NDArray[np.uint32]

    @classmethod
    def of(cls, values: Sequence[str]) -> Self:
        """The column of these values."""
        names, places = np.unique(_utf8(values), return_inverse=True)
        return cls(names, places.astype(np.uint32))

    @classmethod
    def joined(cls, parts: Sequence["Named"]) -> Self:
        """Columns one behind the other."""
        names, places = np.unique(np.concatenate([each.names for each in parts]), return_inverse=True)
        starts = np.cumsum([0, *(len(each.names) for each in parts)])
        moved = [
            places[start : start + len(each.names)][each.places] for start, each in zip(starts, parts, strict=False)
        ]
        used, kept = np.unique(np.concatenate(moved), return_inverse=True)
        return cls(names[used], kept.astype(np.uint32))

    def at(self, rows: "Rows | Mask") -> Self:
        """Some of the rows."""
        return type(self)(self.names, self.places[rows])

    def among(self, values: Collection[str]) -> Mask:
        """Which rows have one of these values."""
        mask: Mask = self.wanted(values)[self.places]
        return mask

    def wanted(self, values: Collection[str]) -> Mask:
        """Which of the names are among these values."""
        mask = np.zeros(len(self.names), dtype=bool)
        if len(self.names) and values:
            asked = _utf8(values)
            places = np.minimum(np.searchsorted(self.names, asked), len(self.names) - 1)
            mask[places[self.names[places] == asked]] = True
        return mask

    def values(self, rows: Rows) -> list[str]:
        """The values of some rows."""
        return [name.decode() for name in self.names[self.places[rows]].tolist()]


@dataclass(frozen=True, slots=True)
class Fields:
    """What searches filter on, of each window; `tags` are marks on the rows in `tagged`, sorted by tag."""

    named: Mapping[str, Named]
    seconds: NDArray[np.int64]
    tags: Named
    tagged: NDArray[np.uint32]

    @classmethod
    def of(cls, metadata: Sequence[Mapping[str, Any]]) -> Self:
        """The fields of windows, given as `Window.metadata`."""
        named = {field: Named.of([each[field] for each in metadata]) for field in _NAMED}
        seconds = np.array([each.get("seconds", _UNDATED) for each in metadata], dtype=np.int64)
        marks = [(row, name[len(_TAG) :]) for row, each in enumerate(metadata) for name in each if name[:4] == _TAG]
        return cls(named, seconds, *_by_tag(Named.of([tag for _, tag in marks]), [row for row, _ in marks]))

    @classmethod
    def joined(cls, parts: Sequence["Fields"]) -> Self:
        """Fields one behind the other."""
        named = {field: Named.joined([each.named[field] for each in parts]) for field in _NAMED}
        seconds = np.concatenate([each.seconds for each in parts])
        starts = np.cumsum([0, *(len(each.seconds) for each in parts)])
        tagged = np.concatenate(
            [each.tagged.astype(np.int64) + start for start, each in zip(starts, parts, strict=False)]
        )
        return cls(named, seconds, *_by_tag(Named.joined([each.tags for each in parts]), tagged))

    def at(self, rows: Rows) -> Self:
        """Some of the rows, in rising order."""
        place = np.full(len(self.seconds), -1, dtype=np.int64)
        place[rows] = np.arange(len(rows))
        kept = place[self.tagged] >= 0
        named = {field: column.at(rows) for field, column in self.named.items()}
        return type(self)(named, self.seconds[rows], self.tags.at(kept), place[self.tagged[kept]].astype(np.uint32))

    def mask(self, filters: Filters, classes: Collection[str] | None) -> Mask:
        """Which windows the filters leave of those with these access classes; None stands for all classes."""
        mask = np.ones(len(self.seconds), dtype=bool)
        for field, values in _conditions(filters, classes):
            mask &= self.named[field].among(values)
        if filters.tags:
            mask &= self._with_tag(filters.tags)
        if filters.first_second is not None:
            mask &= self.seconds >= filters.first_second
        if filters.last_second is not None:
            mask &= (self.seconds <= filters.last_second) & (self.seconds != _UNDATED)
        return mask

    def of_cables(self, cable_ids: Collection[str]) -> Mask:
        """Which windows are of these cables."""
        return self.named["cable_id"].among(cable_ids)

    def metadata(self, rows: Rows) -> list[dict[str, Any]]:
        """The fields of some windows as in `Window.metadata`, without the key, which the id holds."""
        columns = [self.named[field].values(rows) for field in _NAMED]
        found: list[dict[str, Any]] = [dict(zip(_NAMED, values, strict=True)) for values in zip(*columns, strict=True)]
        for each, seconds in zip(found, self.seconds[rows].tolist(), strict=True):
            if seconds != _UNDATED:
                each["seconds"] = seconds
        place = dict(zip(rows.tolist(), found, strict=True))
        marks = np.flatnonzero(np.isin(self.tagged, rows))
        for row, tag in zip(self.tagged[marks].tolist(), self.tags.values(marks), strict=True):
            place[row][_TAG + tag] = True
        return found

    def save(self, folder: Path) -> None:
        """Write the columns as files of their own."""
        for name, column in (*self.named.items(), ("tags", self.tags)):
            np.save(folder / f"{name}.names.npy", column.names)
            np.save(folder / f"{name}.places.npy", column.places)
        np.save(folder / "seconds.npy", self.seconds)
        np.save(folder / "tagged.npy", self.tagged)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """The columns that `save` wrote."""

        def named(name: str) -> Named:
            return Named(np.load(folder / f"{name}.names.npy"), np.load(folder / f"{name}.places.npy"))

        columns = {field: named(field) for field in _NAMED}
        return cls(columns, np.load(folder / "seconds.npy"), named("tags"), np.load(folder / "tagged.npy"))

    def _with_tag(self, tags: Collection[str]) -> Mask:
        mask = np.zeros(len(self.seconds), dtype=bool)
        for place in np.flatnonzero(self.tags.wanted(tags)):
            start, end = np.searchsorted(self.tags.places, [place, place + 1])
            mask[self.tagged[start:end]] = True
        return mask


def _conditions(filters: Filters, classes: Collection[str] | None) -> Iterator[tuple[str, Collection[str]]]:
    if classes is not None:
        yield "access", classes
        if filters.of_header:
            yield "header_access", classes
    if filters.posts:
        yield "post", filters.posts
    if filters.cables:
        yield "cable_id", filters.cables
    if filters.classifications:
        yield "classification", filters.classifications


def _by_tag(tags: Named, rows: "Sequence[int] | Rows") -> tuple[Named, NDArray[np.uint32]]:
    order = np.argsort(tags.places, kind="stable")
    return Named(tags.names, tags.places[order]), np.asarray(rows, dtype=np.uint32)[order]


def _utf8(values: Iterable[str]) -> NDArray[np.bytes_]:
    encoded = [value.encode() for value in values]
    return np.array(encoded, dtype=np.bytes_) if encoded else np.empty(0, dtype="S1")
