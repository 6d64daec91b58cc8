"""Compares the catalog with its indexes, paragraph by paragraph and window by window."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from rag.catalog.catalog import Catalog
from rag.catalog.tombstones import Tombstones
from rag.domain.cable import Cable
from rag.domain.paragraph_key import cable_id_of
from rag.encoders.encoder import SearchEmbeddings
from rag.errors import StoreUnavailable
from rag.index.indexes import Indexes
from rag.index.window_entries import StoredEntry, Vector, Window, paragraph_key_of

MISSING, OUT_OF_DATE, SURPLUS, UNREADABLE = "missing", "out of date", "without a paragraph", "unreadable"
WITHDRAWN_TEXT = "withdrawn"
VECTORS, FLAT, WORDS = "vectors", "flat vectors", "words"
FlatEntries: TypeAlias = "Mapping[str, tuple[dict[str, Any], NDArray[np.float16]]]"

_BATCH_CABLES = 64
_SAMPLE = 16  # cables
_ROUNDING = 0.001  # of a component below 1 in half precision
_SAME_ENCODER = 0.98  # one text in fp32, bf16 and int8 has a cosine above 0.99; in two encoders, one near 0


@dataclass(frozen=True, slots=True)
class Difference:
    """An entry of an index that differs from the catalog. `entry` is a window id or a paragraph key."""

    index: str
    what: str
    entry: str

    @property
    def cable_id(self) -> str:
        """The id of its cable, read from `entry`."""
        return cable_id_of(self.entry)


@dataclass(slots=True)
class Audit:
    """The result of an audit."""

    cables: int = 0
    paragraphs: int = 0
    windows: int = 0
    unindexed: list[str] = field(default_factory=list)
    """Ids of cables that are not indexed yet: an ingest is running or was interrupted."""
    differences: list[Difference] = field(default_factory=list)
    encoder: float | None = None
    """The lowest cosine between stored and newly encoded vectors of a sample; None if there are no vectors."""
    withdrawn: list[str] = field(default_factory=list)
    """Ids of cables of which the catalog holds something that was withdrawn or redacted."""
    damage: list[str] = field(default_factory=list)
    """Faults that the catalog's database reports."""

    @property
    def same_encoder(self) -> bool:
        """Whether the stored vectors were made by this encoder."""
        return self.encoder is None or self.encoder >= _SAME_ENCODER

    @property
    def agrees(self) -> bool:
        """Whether there is nothing to repair."""
        return not (self.unindexed or self.differences or self.damage or self.withdrawn) and self.same_encoder


class Auditor:
    """Compares the entries of the indexes with those that the catalog's cables require."""

    def __init__(self, catalog: Catalog, indexes: Indexes, embeddings: SearchEmbeddings) -> None:
        self._catalog = catalog
        self._indexes = indexes
        self._embeddings = embeddings

    def run(self, progress: Callable[[int], None] = lambda done: None) -> Audit:
        """Audit the whole archive; `progress` gets the number of cables of each batch."""
        audit = Audit(unindexed=self._catalog.unindexed(), damage=self._catalog.damage())
        unindexed, ids = set(audit.unindexed), self._catalog.ids()
        step = max(1, len(ids) // _SAMPLE)
        sampled_ids, windows, flat, words = set(ids[::step][:_SAMPLE]), set[str](), set[str](), Counter[str]()
        sample: list[tuple[str, Vector]] = []
        for start in range(0, len(ids), _BATCH_CABLES):
            batch = ids[start : start + _BATCH_CABLES]
            cables = list(self._catalog.cables(batch))
            stored, stored_words = self._stored(audit, batch, unindexed), self._indexes.lexical.stored(batch)
            stored_flat = self._indexes.vectors.flat.stored(batch)
            windows.update(window.id for window, _ in stored)
            flat.update(stored_flat)
            words.update(key for key, _ in stored_words)
            indexed = [cable for cable in cables if str(cable.id) not in unindexed]
            expected = {window.id: window for window in self._indexes.vectors.entries.of(indexed)}
            self._compare(audit, indexed, expected, stored, stored_words)
            vectors = {window.id: vector for window, vector in stored}
            audit.differences += _flat_faults(expected, stored_flat, vectors, unindexed)
            of_sample = (entry for entry in stored if cable_id_of(entry[0].id) in sampled_ids)
            sample += _first_of_cables(of_sample, expected)
            audit.cables += len(cables)
            audit.paragraphs += sum(len(cable.paragraphs) for cable in cables)
            progress(len(batch))
        audit.windows = len(windows)
        audit.differences += self._of_unknown_cables(windows, flat, words)
        self._check_withdrawn(audit)
        audit.encoder = self._cosine(sample)
        return audit

    def _stored(self, audit: Audit, ids: Sequence[str], unindexed: set[str]) -> list[StoredEntry]:
        try:
            return self._indexes.vectors.stored(ids)
        except StoreUnavailable:
            self._indexes.vectors.check()  # raises if the whole index is unavailable
        stored: list[StoredEntry] = []
        for cable_id in ids:
            try:
                stored += self._indexes.vectors.stored([cable_id])
            except StoreUnavailable:
                if cable_id not in unindexed:
                    audit.differences.append(Difference(VECTORS, UNREADABLE, cable_id))
        return stored

    def _compare(
        self,
        audit: Audit,
        cables: Sequence[Cable],
        expected: Mapping[str, Window],
        stored: Sequence[StoredEntry],
        stored_words: Sequence[tuple[str, str]],
    ) -> None:
        indexed = {str(cable.id) for cable in cables}
        readable = indexed - {difference.entry for difference in audit.differences}
        stored_by_id = {window.id: (window, vector) for window, vector in stored}
        expected = {window_id: window for window_id, window in expected.items() if cable_id_of(window_id) in readable}
        for window_id in sorted(expected.keys() | stored_by_id.keys()):
            what = _window_fault(expected.get(window_id), stored_by_id.get(window_id))
            if what and cable_id_of(window_id) in readable:
                audit.differences.append(Difference(VECTORS, what, window_id))
        faults = _word_faults(Counter(self._indexes.lexical.entries(cables)), Counter(stored_words))
        audit.differences += (fault for fault in faults if fault.cable_id in indexed)

    def _of_unknown_cables(self, windows: set[str], flat: set[str], words: Counter[str]) -> Iterator[Difference]:
        """Entries of cables that are not in the catalog. An index is listed only if its size differs."""
        if self._indexes.vectors.count() != len(windows):
            for window_id in sorted(self._indexes.vectors.ids() - windows):
                yield Difference(VECTORS, SURPLUS, window_id)
        if self._indexes.vectors.flat.count() != len(flat):
            for window_id in sorted(self._indexes.vectors.flat.ids() - flat):
                yield Difference(FLAT, SURPLUS, window_id)
        if self._indexes.lexical.count() != words.total():
            for key in sorted(self._indexes.lexical.keys() - words.keys()):
                yield Difference(WORDS, SURPLUS, key)

    def _check_withdrawn(self, audit: Audit) -> None:
        """Nothing that has a tombstone is in the catalog or an index, whatever the catalog says is to be there."""
        stones = Tombstones(self._catalog).all()
        for cable_id in dict.fromkeys(stone.cable_id for stone in stones):
            cable = self._catalog.cable(cable_id)
            if cable is not None and self._catalog.kept(cable).cable != cable:
                audit.withdrawn.append(cable_id)
        keys = {stone.key for stone in stones if stone.name is None}
        ids = sorted({stone.cable_id for stone in stones})
        stored = {VECTORS: [window.id for window, _ in self._stored(audit, ids, set())]} if ids else {}
        stored[FLAT] = list(self._indexes.vectors.flat.stored(ids))
        stored[WORDS] = [key for key, _ in self._indexes.lexical.stored(ids)] if ids else []
        for index, entries in stored.items():
            found = (entry for entry in entries if not keys.isdisjoint(_cable_and_key(index, entry)))
            audit.differences += (Difference(index, WITHDRAWN_TEXT, entry) for entry in found)

    def _cosine(self, sample: "Sequence[tuple[str, Vector]]") -> float | None:
        if not sample:
            return None
        stored = np.array([vector for _, vector in sample], dtype=np.float32)
        encoded = self._embeddings.encode([text for text, _ in sample])
        if stored.shape != encoded.shape:
            return 0.0
        return float((stored * encoded).sum(axis=1).min())


def _cable_and_key(index: str, entry: str) -> tuple[str, str]:
    key = entry if index == WORDS else paragraph_key_of(entry)
    return cable_id_of(key), key


def _window_fault(expected: Window | None, stored: StoredEntry | None) -> str | None:
    if stored is None:
        return MISSING
    if expected is None:
        return SURPLUS
    window, vector = stored
    if window.digest != expected.digest:
        return OUT_OF_DATE
    return None if abs(float(np.linalg.norm(vector)) - 1.0) < 0.01 else UNREADABLE


def _word_faults(expected: Counter[tuple[str, str]], stored: Counter[tuple[str, str]]) -> Iterable[Difference]:
    missing, surplus = {key for key, _ in expected - stored}, {key for key, _ in stored - expected}
    for key in sorted(missing | surplus):
        what = OUT_OF_DATE if key in missing and key in surplus else MISSING if key in missing else SURPLUS
        yield Difference(WORDS, what, key)


def _flat_faults(
    expected: Mapping[str, Window], flat: "FlatEntries", vectors: "Mapping[str, Vector]", unindexed: set[str]
) -> Iterator[Difference]:
    for window_id in sorted(expected.keys() | flat.keys()):
        if window_id not in flat:
            yield Difference(FLAT, MISSING, window_id)
        elif window_id not in expected:
            if cable_id_of(window_id) not in unindexed:
                yield Difference(FLAT, SURPLUS, window_id)
        else:
            fields, half = flat[window_id]
            if fields != expected[window_id].metadata or not _is_rounded(half, vectors.get(window_id)):
                yield Difference(FLAT, OUT_OF_DATE, window_id)


def _is_rounded(half: "NDArray[np.float16]", vector: "Vector | None") -> bool:
    """Whether `half` is `vector` in half precision; True if `vector` is missing, which is a fault of its own."""
    return vector is None or (half.shape == np.shape(vector) and bool(np.abs(half - vector).max() < _ROUNDING))


def _first_of_cables(stored: Iterable[StoredEntry], expected: Mapping[str, Window]) -> "Iterable[tuple[str, Vector]]":
    """One window of each cable: its text and the stored vector of that text."""
    first: dict[str, tuple[str, Vector]] = {}
    for window, vector in stored:
        own = expected.get(window.id)
        if own is not None and own.digest == window.digest:
            first.setdefault(cable_id_of(window.id), (own.text, vector))
    return first.values()
