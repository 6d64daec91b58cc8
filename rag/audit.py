"""Whether the catalog and both indexes agree, paragraph by paragraph and window by window."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from rag.cable import Cable
from rag.catalog import Catalog
from rag.embedding import SentenceEmbeddings
from rag.errors import StoreUnavailable
from rag.indexes import Indexes
from rag.window_entries import HeldEntry, Vector, Window, key_of

MISSING, OTHER, SURPLUS, UNREADABLE = "missing", "out of date", "of no paragraph", "unreadable"
VECTORS, FLAT, WORDS = "vectors", "flat vectors", "words"
FlatEntries: TypeAlias = "Mapping[str, tuple[dict[str, Any], NDArray[np.float16]]]"

_CABLES_AT_ONCE = 64
_SAMPLE = 16
_ROUNDING = 0.001  # of a component below 1 in half precision
_SAME = 0.98  # cosine of one text in fp32, bf16 and int8 is above 0.99; two encoders have nothing in common


@dataclass(frozen=True, slots=True)
class Difference:
    """An entry of an index that is not as the catalog has it. `entry` is a window's id or a paragraph's key."""

    index: str
    what: str
    entry: str

    @property
    def cable_id(self) -> str:
        """The cable it is of, by its name."""
        return self.entry.partition("#")[0]


@dataclass(slots=True)
class Audit:
    """What an audit found."""

    cables: int = 0
    paragraphs: int = 0
    windows: int = 0
    waiting: list[str] = field(default_factory=list)
    """Ids of cables that are not indexed yet: an ingest is at work, or was broken off."""
    differences: list[Difference] = field(default_factory=list)
    encoder: float | None = None
    """The least cosine of stored vectors and the encoder's, over a sample; None where there is nothing to compare."""
    damage: list[str] = field(default_factory=list)
    """What the catalog's database finds wrong with itself."""

    @property
    def same_encoder(self) -> bool:
        """Whether the vectors are this encoder's."""
        return self.encoder is None or self.encoder >= _SAME

    @property
    def agrees(self) -> bool:
        """Whether there is nothing to mend."""
        return not (self.waiting or self.differences or self.damage) and self.same_encoder


class Auditor:
    """Holds what the indexes have against what they should have of each cable."""

    def __init__(self, catalog: Catalog, indexes: Indexes, embeddings: SentenceEmbeddings) -> None:
        self._catalog = catalog
        self._indexes = indexes
        self._embeddings = embeddings

    def run(self, progress: Callable[[int], None] = lambda done: None) -> Audit:
        """The whole archive, cable by cable; `progress` gets cables done."""
        audit = Audit(waiting=self._catalog.unindexed(), damage=self._catalog.damage())
        waiting, ids = set(audit.waiting), self._catalog.ids()
        step = max(1, len(ids) // _SAMPLE)
        sampled, windows, flat, words = set(ids[::step][:_SAMPLE]), set[str](), set[str](), Counter[str]()
        sample: list[tuple[str, Vector]] = []
        for start in range(0, len(ids), _CABLES_AT_ONCE):
            batch = ids[start : start + _CABLES_AT_ONCE]
            cables = [cable for each in batch if (cable := self._catalog.cable(each)) is not None]
            held, held_words = self._held(audit, batch, waiting), self._indexes.lexical.held(batch)
            held_flat = self._indexes.vectors.flat.held(batch)
            windows.update(window.id for window, _ in held)
            flat.update(held_flat)
            words.update(key for key, _ in held_words)
            indexed = [cable for cable in cables if str(cable.id) not in waiting]
            wanted = {window.id: window for window in self._indexes.vectors.entries.of(indexed)}
            self._compare(audit, indexed, wanted, held, held_words)
            audit.differences += _flat_faults(wanted, held_flat, {each.id: vector for each, vector in held}, waiting)
            sample += _first_of_cables((each for each in held if _cable_of(each[0].id) in sampled), wanted)
            audit.cables += len(cables)
            audit.paragraphs += sum(len(cable.paragraphs) for cable in cables)
            progress(len(batch))
        audit.windows = len(windows)
        audit.differences += self._unaccounted(windows, flat, words)
        audit.encoder = self._cosine(sample)
        return audit

    def _held(self, audit: Audit, ids: Sequence[str], waiting: set[str]) -> list[HeldEntry]:
        try:
            return self._indexes.vectors.held(ids)
        except StoreUnavailable:
            self._indexes.vectors.check()  # if the index is away altogether, this says so
        held: list[HeldEntry] = []
        for cable_id in ids:
            try:
                held += self._indexes.vectors.held([cable_id])
            except StoreUnavailable:
                if cable_id not in waiting:
                    audit.differences.append(Difference(VECTORS, UNREADABLE, cable_id))
        return held

    def _compare(
        self,
        audit: Audit,
        cables: Sequence[Cable],
        wanted: Mapping[str, Window],
        held: Sequence[HeldEntry],
        words: Sequence[tuple[str, str]],
    ) -> None:
        names = {str(cable.id) for cable in cables} - {each.entry for each in audit.differences}
        have = {window.id: (window, vector) for window, vector in held}
        wanted = {name: window for name, window in wanted.items() if _cable_of(name) in names}
        for name in sorted(wanted.keys() | have.keys()):
            if _cable_of(name) in names and (what := _window_fault(wanted.get(name), have.get(name))):
                audit.differences.append(Difference(VECTORS, what, name))
        expected, found = Counter(self._indexes.lexical.entries(cables)), Counter(words)
        indexed = {str(cable.id) for cable in cables}
        audit.differences += (each for each in _word_faults(expected, found) if each.cable_id in indexed)

    def _unaccounted(self, windows: set[str], flat: set[str], words: Counter[str]) -> Iterator[Difference]:
        """What the indexes hold of cables the catalog does not have; listed only where the numbers differ."""
        if self._indexes.vectors.count() != len(windows):
            for name in sorted(self._indexes.vectors.ids() - windows):
                yield Difference(VECTORS, SURPLUS, name)
        if self._indexes.vectors.flat.count() != len(flat):
            for name in sorted(self._indexes.vectors.flat.ids() - flat):
                yield Difference(FLAT, SURPLUS, name)
        if self._indexes.lexical.count() != words.total():
            for key in sorted(self._indexes.lexical.keys() - words.keys()):
                yield Difference(WORDS, SURPLUS, key)

    def _cosine(self, sample: "Sequence[tuple[str, Vector]]") -> float | None:
        if not sample:
            return None
        stored = np.array([vector for _, vector in sample], dtype=np.float32)
        encoded = self._embeddings.encode([text for text, _ in sample])
        if stored.shape != encoded.shape:
            return 0.0
        return float((stored * encoded).sum(axis=1).min())


def _window_fault(wanted: Window | None, have: HeldEntry | None) -> str | None:
    if have is None:
        return MISSING
    if wanted is None:
        return SURPLUS
    window, vector = have
    if window.digest != wanted.digest:
        return OTHER
    return None if abs(float(np.linalg.norm(vector)) - 1.0) < 0.01 else UNREADABLE


def _word_faults(wanted: Counter[tuple[str, str]], found: Counter[tuple[str, str]]) -> Iterable[Difference]:
    lacking, over = {key for key, _ in wanted - found}, {key for key, _ in found - wanted}
    for key in sorted(lacking | over):
        what = OTHER if key in lacking and key in over else MISSING if key in lacking else SURPLUS
        yield Difference(WORDS, what, key)


def _flat_faults(
    wanted: Mapping[str, Window], flat: "FlatEntries", vectors: "Mapping[str, Vector]", waiting: set[str]
) -> Iterator[Difference]:
    for name in sorted(wanted.keys() | flat.keys()):
        if name not in flat:
            yield Difference(FLAT, MISSING, name)
        elif name not in wanted:
            if _cable_of(name) not in waiting:
                yield Difference(FLAT, SURPLUS, name)
        elif flat[name][0] != wanted[name].metadata or not _rounded(flat[name][1], vectors.get(name)):
            yield Difference(FLAT, OTHER, name)


def _rounded(half: "NDArray[np.float16]", vector: "Vector | None") -> bool:
    """Whether the one is the other in half precision; where the other is lost, that is a fault of its own."""
    return vector is None or (half.shape == np.shape(vector) and bool(np.abs(half - vector).max() < _ROUNDING))


def _first_of_cables(held: Iterable[HeldEntry], wanted: Mapping[str, Window]) -> "Iterable[tuple[str, Vector]]":
    """One window a cable, its text with the vector held of that text."""
    first: dict[str, tuple[str, Vector]] = {}
    for window, vector in held:
        own = wanted.get(window.id)
        if own is not None and own.digest == window.digest:
            first.setdefault(_cable_of(window.id), (own.text, vector))
    return first.values()


def _cable_of(window_id: str) -> str:
    return key_of(window_id).partition("#")[0]
