"""A part of the flat index that never changes once written: windows with their vectors, as plain arrays in a folder."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from rag.filters import Filters
from rag.flat_fields import Fields, Mask, Rows
from rag.window_entries import Entry

Signs: TypeAlias = "NDArray[np.uint64]"
"""Which components of vectors are above 0, one bit each, shape (words, vectors)."""

_AT_ONCE = 8192  # vectors in double precision: 25 MB of them


@dataclass(frozen=True, slots=True)
class Segment:
    """Windows in the order they came in; `live` leaves out those of cables dropped since it was written."""

    ids: NDArray[np.bytes_]
    vectors: NDArray[np.float16]
    signs: Signs
    fields: Fields
    live: Mask

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> Self:
        """A segment of these windows; half precision moves a cosine by less than 0.0005."""
        vectors = np.array([vector for _, vector in entries], dtype=np.float16)
        ids = np.array([window.id.encode() for window, _ in entries], dtype=np.bytes_)
        fields = Fields.of([window.metadata for window, _ in entries])
        return cls(ids, vectors, signs_of(vectors), fields, np.ones(len(ids), dtype=bool))

    @classmethod
    def joined(cls, parts: Sequence["Segment"]) -> Self:
        """What is live of several segments, in their order."""
        rows = [np.flatnonzero(each.live) for each in parts]
        pairs = list(zip(parts, rows, strict=True))
        ids = np.concatenate([each.ids[kept] for each, kept in pairs])
        return cls(
            ids,
            np.concatenate([each.vectors[kept] for each, kept in pairs]),
            np.ascontiguousarray(np.concatenate([each.signs[:, kept] for each, kept in pairs], axis=1)),
            Fields.joined([each.fields.at(kept) for each, kept in pairs]),
            np.ones(len(ids), dtype=bool),
        )

    def without(self, cable_ids: Collection[str]) -> Self:
        """The same with the windows of these cables dropped."""
        return replace(self, live=self.live & ~self.fields.of_cables(cable_ids))

    def save(self, folder: Path) -> None:
        """Write it to a folder that is there and empty; `live` is not written."""
        np.save(folder / "ids.npy", self.ids)
        np.save(folder / "vectors.npy", self.vectors)
        np.save(folder / "signs.npy", self.signs)
        self.fields.save(folder)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Open it; ids and vectors stay on disk until they are asked for."""
        ids = np.load(folder / "ids.npy", mmap_mode="r")
        vectors = np.load(folder / "vectors.npy", mmap_mode="r")
        signs = np.load(folder / "signs.npy")
        return cls(ids, vectors, signs, Fields.load(folder), np.ones(len(ids), dtype=bool))

    def rows(self, filters: Filters, classes: Collection[str] | None) -> Rows:
        """The windows that the filters leave of those with these access classes."""
        return np.flatnonzero(self.fields.mask(filters, classes) & self.live)

    def differing_signs(self, rows: Rows, signs: Signs) -> NDArray[np.uint16]:
        """For each of these windows, in how many components its vector has another sign; shape (len(rows),)."""
        few = len(rows) * 4 < len(self.ids)  # to pick them out takes longer per window than to go through all
        found = np.zeros(len(rows) if few else len(self.ids), dtype=np.uint16)
        for own, asked in zip(self.signs, signs[:, 0], strict=True):
            found += np.bitwise_count((own[rows] if few else own) ^ asked)
        return found if few else found[rows]

    def cosines(self, rows: Rows, vector: NDArray[np.float64]) -> NDArray[np.float64]:
        """The cosine of each of these windows' vectors with a unit vector.

        In double precision and rounded: a product's last digits depend on which others it is computed along with.
        """
        found = [
            self.vectors[rows[start : start + _AT_ONCE]].astype(np.float64) @ vector
            for start in range(0, len(rows), _AT_ONCE)
        ]
        exact: NDArray[np.float64] = np.concatenate([np.empty(0), *found])
        return exact.round(9)

    def window_ids(self, rows: "Rows | Mask") -> list[str]:
        """Ids of these windows."""
        return [name.decode() for name in self.ids[rows].tolist()]

    def held(self, cable_ids: Collection[str]) -> "list[tuple[str, dict[str, Any], NDArray[np.float16]]]":
        """The windows of these cables: id, fields, vector."""
        rows = np.flatnonzero(self.fields.of_cables(cable_ids) & self.live)
        return list(zip(self.window_ids(rows), self.fields.metadata(rows), self.vectors[rows], strict=True))


def signs_of(vectors: NDArray[Any]) -> Signs:
    """The signs of vectors, shape (vectors, dimensions)."""
    bits = np.packbits(vectors > 0, axis=1)
    padded = np.pad(bits, ((0, 0), (0, -bits.shape[1] % 8)))
    return np.ascontiguousarray(padded.view(np.uint64).T)
