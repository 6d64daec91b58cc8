"""An immutable part of the flat index: windows with their vectors, as plain arrays in a folder."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

from rag.domain.filters import Filters
from rag.index.flat_fields import Fields, Mask, Rows
from rag.index.window_entries import Entry

Signs: TypeAlias = "NDArray[np.uint64]"
"""Which components of vectors are above 0, one bit each, shape (words, vectors)."""

_CHUNK = 8192  # vectors; 25 MB of them in double precision


@dataclass(frozen=True, slots=True)
class FlatSegment:
    """Windows in the order they were added. `live` is False for those of cables dropped since it was written."""

    ids: NDArray[np.bytes_]
    vectors: NDArray[np.float16]
    signs: Signs
    fields: Fields
    live: Mask

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> Self:
        """A segment of these windows. Half precision changes a cosine by less than 0.0005."""
        vectors = np.array([vector for _, vector in entries], dtype=np.float16)
        ids = np.array([window.id.encode() for window, _ in entries], dtype=np.bytes_)
        fields = Fields.of([window.metadata for window, _ in entries])
        return cls(ids, vectors, signs_of(vectors), fields, np.ones(len(ids), dtype=bool))

    @classmethod
    def joined(cls, parts: Sequence["FlatSegment"]) -> Self:
        """The live windows of several segments, in their order."""
        pairs = [(part, np.flatnonzero(part.live)) for part in parts]
        ids = np.concatenate([part.ids[rows] for part, rows in pairs])
        return cls(
            ids,
            np.concatenate([part.vectors[rows] for part, rows in pairs]),
            np.ascontiguousarray(np.concatenate([part.signs[:, rows] for part, rows in pairs], axis=1)),
            Fields.joined([part.fields.at(rows) for part, rows in pairs]),
            np.ones(len(ids), dtype=bool),
        )

    def without(self, cable_ids: Collection[str]) -> Self:
        """A copy in which the windows of these cables are not live."""
        return replace(self, live=self.live & ~self.fields.of_cables(cable_ids))

    def save(self, folder: Path) -> None:
        """Write it to an empty folder; `live` is not written."""
        np.save(folder / "ids.npy", self.ids)
        np.save(folder / "vectors.npy", self.vectors)
        np.save(folder / "signs.npy", self.signs)
        self.fields.save(folder)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Open a saved segment; ids and vectors are mapped from the disk."""
        ids = np.load(folder / "ids.npy", mmap_mode="r")
        vectors = np.load(folder / "vectors.npy", mmap_mode="r")
        signs = np.load(folder / "signs.npy")
        return cls(ids, vectors, signs, Fields.load(folder), np.ones(len(ids), dtype=bool))

    def rows(self, filters: Filters, classes: Collection[str] | None) -> Rows:
        """The live windows that pass the filters and have one of these access classes."""
        return np.flatnonzero(self.fields.mask(filters, classes) & self.live)

    def sign_distances(self, rows: Rows, signs: Signs) -> NDArray[np.uint16]:
        """The Hamming distance of each of these windows' signs to those of one vector; shape (len(rows),)."""
        few = len(rows) * 4 < len(self.ids)  # selecting rows costs more per window than comparing all of them
        distances = np.zeros(len(rows) if few else len(self.ids), dtype=np.uint16)
        for word, query_word in zip(self.signs, signs[:, 0], strict=True):
            distances += np.bitwise_count((word[rows] if few else word) ^ query_word)
        return distances if few else distances[rows]

    def cosines(self, rows: Rows, vector: NDArray[np.float64]) -> NDArray[np.float64]:
        """The cosine of each of these windows' vectors with a unit vector.

        In double precision and rounded: the last digits of a product depend on which others are computed with it.
        """
        chunks = [
            self.vectors[rows[start : start + _CHUNK]].astype(np.float64) @ vector
            for start in range(0, len(rows), _CHUNK)
        ]
        cosines: NDArray[np.float64] = np.concatenate([np.empty(0), *chunks])
        return cosines.round(9)

    def window_ids(self, rows: "Rows | Mask") -> list[str]:
        """Ids of these windows."""
        return [window_id.decode() for window_id in self.ids[rows].tolist()]

    def stored(self, cable_ids: Collection[str]) -> "list[tuple[str, dict[str, Any], NDArray[np.float16]]]":
        """The live windows of these cables: id, fields, vector."""
        rows = np.flatnonzero(self.fields.of_cables(cable_ids) & self.live)
        return list(zip(self.window_ids(rows), self.fields.metadata(rows), self.vectors[rows], strict=True))


def signs_of(vectors: NDArray[Any]) -> Signs:
    """The signs of vectors of shape (vectors, dimensions)."""
    bits = np.packbits(vectors > 0, axis=1)
    padded = np.pad(bits, ((0, 0), (0, -bits.shape[1] % 8)))
    return np.ascontiguousarray(padded.view(np.uint64).T)
