"""Fields of windows in columns, so that a filter is applied to all windows at once."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from rag.domain.filters import Filters

Rows: TypeAlias = "NDArray[np.int64]"
Mask: TypeAlias = "NDArray[np.bool_]"

_COLUMNS = ("cable_id", "post", "access", "header_access", "classification")
_TAG = "tag:"
_UNDATED = np.iinfo(np.int64).min


@dataclass(frozen=True, slots=True)
class CategoricalColumn:
    """A column of strings: `codes` holds for each row the index of its value among the sorted `categories` (UTF-8)."""

    categories: NDArray[np.bytes_]
    codes: NDArray[np.uint32]

    @classmethod
    def of(cls, values: Sequence[str]) -> Self:
        """The column of these values."""
        categories, codes = np.unique(_utf8(values), return_inverse=True)
        return cls(categories, codes.astype(np.uint32))

    @classmethod
    def joined(cls, parts: Sequence["CategoricalColumn"]) -> Self:
        """The concatenation of columns."""
        categories, new_codes = np.unique(np.concatenate([part.categories for part in parts]), return_inverse=True)
        starts = np.cumsum([0, *(len(part.categories) for part in parts)])
        recoded = [
            new_codes[start : start + len(part.categories)][part.codes]
            for start, part in zip(starts, parts, strict=False)
        ]
        used, codes = np.unique(np.concatenate(recoded), return_inverse=True)
        return cls(categories[used], codes.astype(np.uint32))

    def at(self, rows: "Rows | Mask") -> Self:
        """Some of the rows."""
        return type(self)(self.categories, self.codes[rows])

    def isin(self, values: Collection[str]) -> Mask:
        """Which rows have one of these values."""
        mask: Mask = self.categories_in(values)[self.codes]
        return mask

    def categories_in(self, values: Collection[str]) -> Mask:
        """Which categories are among these values."""
        mask = np.zeros(len(self.categories), dtype=bool)
        if len(self.categories) and values:
            encoded = _utf8(values)
            codes = np.minimum(np.searchsorted(self.categories, encoded), len(self.categories) - 1)
            mask[codes[self.categories[codes] == encoded]] = True
        return mask

    def values(self, rows: Rows) -> list[str]:
        """The values of some rows."""
        return [value.decode() for value in self.categories[self.codes[rows]].tolist()]


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields that searches filter on. `tags` and `tagged` are pairs of a tag and the row that has it, by tag."""

    columns: Mapping[str, CategoricalColumn]
    seconds: NDArray[np.int64]
    tags: CategoricalColumn
    tagged: NDArray[np.uint32]

    @classmethod
    def of(cls, metadata: Sequence[Mapping[str, Any]]) -> Self:
        """The fields of windows, given as `Window.metadata`."""
        columns = {name: CategoricalColumn.of([fields[name] for fields in metadata]) for name in _COLUMNS}
        seconds = np.array([fields.get("seconds", _UNDATED) for fields in metadata], dtype=np.int64)
        pairs = [(row, name[len(_TAG) :]) for row, fields in enumerate(metadata) for name in fields if name[:4] == _TAG]
        tags = CategoricalColumn.of([tag for _, tag in pairs])
        return cls(columns, seconds, *_by_tag(tags, [row for row, _ in pairs]))

    @classmethod
    def joined(cls, parts: Sequence["Fields"]) -> Self:
        """The concatenation of fields."""
        columns = {name: CategoricalColumn.joined([part.columns[name] for part in parts]) for name in _COLUMNS}
        seconds = np.concatenate([part.seconds for part in parts])
        starts = np.cumsum([0, *(len(part.seconds) for part in parts)])
        tagged = np.concatenate(
            [part.tagged.astype(np.int64) + start for start, part in zip(starts, parts, strict=False)]
        )
        return cls(columns, seconds, *_by_tag(CategoricalColumn.joined([part.tags for part in parts]), tagged))

    def at(self, rows: Rows) -> Self:
        """Some of the rows, in rising order."""
        new_rows = np.full(len(self.seconds), -1, dtype=np.int64)
        new_rows[rows] = np.arange(len(rows))
        kept = new_rows[self.tagged] >= 0
        columns = {name: column.at(rows) for name, column in self.columns.items()}
        tagged = new_rows[self.tagged[kept]].astype(np.uint32)
        return type(self)(columns, self.seconds[rows], self.tags.at(kept), tagged)

    def mask(self, filters: Filters, classes: Collection[str] | None) -> Mask:
        """Which windows pass the filters and have one of these access classes; None stands for all classes."""
        mask = np.ones(len(self.seconds), dtype=bool)
        for name, values in _conditions(filters, classes):
            mask &= self.columns[name].isin(values)
        if filters.tags:
            mask &= self._with_tag(filters.tags)
        if filters.first_second is not None:
            mask &= self.seconds >= filters.first_second
        if filters.last_second is not None:
            mask &= (self.seconds <= filters.last_second) & (self.seconds != _UNDATED)
        return mask

    def of_cables(self, cable_ids: Collection[str]) -> Mask:
        """Which windows are of these cables."""
        return self.columns["cable_id"].isin(cable_ids)

    def metadata(self, rows: Rows) -> list[dict[str, Any]]:
        """The fields of some windows as in `Window.metadata`."""
        columns = [self.columns[name].values(rows) for name in _COLUMNS]
        metadata: list[dict[str, Any]] = [
            dict(zip(_COLUMNS, values, strict=True)) for values in zip(*columns, strict=True)
        ]
        for fields, seconds in zip(metadata, self.seconds[rows].tolist(), strict=True):
            if seconds != _UNDATED:
                fields["seconds"] = seconds
        by_row = dict(zip(rows.tolist(), metadata, strict=True))
        pairs = np.flatnonzero(np.isin(self.tagged, rows))
        for row, tag in zip(self.tagged[pairs].tolist(), self.tags.values(pairs), strict=True):
            by_row[row][_TAG + tag] = True
        return metadata

    def save(self, folder: Path) -> None:
        """Write each array to a file of its own."""
        for name, column in (*self.columns.items(), ("tags", self.tags)):
            np.save(folder / f"{name}.names.npy", column.categories)
            np.save(folder / f"{name}.places.npy", column.codes)
        np.save(folder / "seconds.npy", self.seconds)
        np.save(folder / "tagged.npy", self.tagged)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """The fields that `save` wrote."""

        def column(name: str) -> CategoricalColumn:
            return CategoricalColumn(np.load(folder / f"{name}.names.npy"), np.load(folder / f"{name}.places.npy"))

        columns = {name: column(name) for name in _COLUMNS}
        return cls(columns, np.load(folder / "seconds.npy"), column("tags"), np.load(folder / "tagged.npy"))

    def _with_tag(self, tags: Collection[str]) -> Mask:
        mask = np.zeros(len(self.seconds), dtype=bool)
        for code in np.flatnonzero(self.tags.categories_in(tags)):
            start, end = np.searchsorted(self.tags.codes, [code, code + 1])
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


def _by_tag(tags: CategoricalColumn, rows: "Sequence[int] | Rows") -> tuple[CategoricalColumn, NDArray[np.uint32]]:
    order = np.argsort(tags.codes, kind="stable")
    return CategoricalColumn(tags.categories, tags.codes[order]), np.asarray(rows, dtype=np.uint32)[order]


def _utf8(values: Iterable[str]) -> NDArray[np.bytes_]:
    encoded = [value.encode() for value in values]
    return np.array(encoded, dtype=np.bytes_) if encoded else np.empty(0, dtype="S1")
