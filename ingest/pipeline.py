"""From documents to an archive: parse, compare with stored copies, write to the catalog, index.

A rejected input never stops the others.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeAlias

from ingest.duplicate_policy import reason_to_keep
from ingest.parser import PARSER_VERSION, read
from ingest.prefetch import prefetched
from ingest.sources.document import Document, Rejection
from rag.catalog.cable_rows import fingerprint
from rag.catalog.catalog import Catalog, LedgerEntry
from rag.catalog.manifest import PARSER
from rag.catalog.upgrade import read_by_older
from rag.domain.cable import Cable
from rag.domain.outgoing import Outgoing
from rag.errors import StoreMismatch

OUTCOMES = ("added", "updated", "unchanged", "duplicate", "rejected")
CHANGED = ("added", "updated")
"""Outcomes of cables that are to be indexed."""
_INDEX_EVERY = 400  # paragraphs
_CABLES_PREFETCHED = 500

Parse: TypeAlias = Callable[[Iterable[Document | Rejection]], Iterable[Cable | Rejection]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result for one input: one of `OUTCOMES`, the cable's id if there is one, and a reason if there is one."""

    source: str
    outcome: str
    cable_id: str | None = None
    reason: str | None = None


@dataclass(slots=True)
class Report:
    """All outcomes of an ingest."""

    outcomes: list[Outcome] = field(default_factory=list)
    paragraphs: int = 0
    """How many paragraphs were new or changed, with their cables."""

    precision: str | None = None
    """What the paragraphs were encoded with; None if another process did it."""

    def count(self, outcome: str) -> int:
        """The number of inputs with this outcome."""
        return sum(result.outcome == outcome for result in self.outcomes)


class IngestStore(Protocol):
    """An archive, or the client of one that a service owns."""

    catalog: Catalog

    def index_pending(self, progress: Callable[[int], None]) -> int:
        """Bring both indexes up to the catalog; returns the number of cables indexed or removed.

        `progress` gets the number of further cables that are encoded.
        """

    def outgoing(self) -> Outgoing | None:
        """What `index_pending` would send to another machine to be encoded; None if nothing."""

    def precision(self) -> str | None:
        """What this process encodes with; None if it did not encode."""


def ingest(
    archive: IngestStore,
    documents: Iterable[Document | Rejection],
    progress: Callable[[Outcome], None] = lambda outcome: None,
    parse: Parse | None = None,
    index_every: int | None = _INDEX_EVERY,
    announce: Callable[[Outgoing], None] = lambda outgoing: None,
    encoded: Callable[[int], None] = lambda further: None,
) -> Report:
    """Add all documents to the archive; returns when both indexes agree with the catalog.

    The indexes are updated whenever `index_every` paragraphs wait, and at the end; with None, only then. `announce` is
    told beforehand what will be sent to another machine. `progress` gets each outcome as soon as the input is read, in
    another thread; `encoded` the number of further cables that are encoded.

    Raises:
        StoreMismatch: the store was made by a newer version of the parser.
    """
    older = _has_older(archive.catalog)
    report = Report()
    waiting = 0
    # A background thread reads, parses and writes the catalog while this one updates the indexes.
    cables = (parse or _parsed)(documents)
    with closing(prefetched(_written(archive.catalog, cables, progress), _CABLES_PREFETCHED)) as written:
        for outcome, paragraphs in written:
            report.outcomes.append(outcome)
            report.paragraphs += paragraphs
            waiting += paragraphs
            if index_every is not None and waiting >= index_every:
                _index(archive, announce, encoded)
                waiting = 0
    _index(archive, announce, encoded)
    if older and not read_by_older(archive.catalog, PARSER_VERSION).sources:
        archive.catalog.set_manifest({PARSER: str(PARSER_VERSION)})
    report.precision = archive.precision()
    return report


def _index(archive: IngestStore, announce: Callable[[Outgoing], None], encoded: Callable[[int], None]) -> None:
    if outgoing := archive.outgoing():
        announce(outgoing)
    archive.index_pending(encoded)


def _parsed(documents: Iterable[Document | Rejection]) -> Iterator[Cable | Rejection]:
    for document in documents:
        yield from [document] if isinstance(document, Rejection) else read(document)


def _written(
    catalog: Catalog, cables: Iterable[Cable | Rejection], progress: Callable[[Outcome], None]
) -> Iterator[tuple[Outcome, int]]:
    """Each outcome with the number of its paragraphs that are to be indexed."""
    for cable in cables:
        paragraphs = 0
        if isinstance(cable, Rejection):
            outcome = Outcome(cable.name, "rejected", reason=cable.reason)
        else:
            outcome = store(catalog, cable)
            paragraphs = len(cable.paragraphs) if outcome.outcome in CHANGED else 0
        progress(outcome)
        yield outcome, paragraphs


def store(catalog: Catalog, cable: Cable) -> Outcome:
    """Write one parsed cable unless the archive holds it already, and record the outcome in the ledger.

    What was withdrawn of it is kept out, and the outcome says so.
    """
    kept = catalog.kept(cable)
    if kept.cable is None:
        return Outcome(cable.source, "rejected", str(cable.id), "; ".join(kept.notes))
    outcome = _store(catalog, kept.cable)
    reasons = (*filter(None, [outcome.reason]), *kept.notes)
    return replace(outcome, reason="; ".join(reasons) or None)


def _store(catalog: Catalog, cable: Cable) -> Outcome:
    cable_id, digest = str(cable.id), fingerprint(cable)
    entries = catalog.ledger_entries(cable_id)
    outcome = _decide(catalog, cable, digest, entries)
    entry = LedgerEntry(cable.source, cable_id, digest, outcome.outcome, PARSER_VERSION)
    if outcome.outcome in CHANGED:
        catalog.put(replace(cable, variants=tuple(sorted(set(entries) - {cable.source}))), entry)
        return outcome
    if outcome.outcome == "duplicate":
        catalog.add_variant(cable_id, cable.source)
    known = entries.get(cable.source)
    if known is None or (known.fingerprint, known.parser) != (digest, PARSER_VERSION):
        catalog.add_to_ledger(entry)
    return outcome


def _decide(catalog: Catalog, cable: Cable, digest: str, entries: dict[str, LedgerEntry]) -> Outcome:
    cable_id = str(cable.id)
    stored_digest = catalog.fingerprint(cable_id)
    if stored_digest is None:
        return Outcome(cable.source, "added", cable_id)
    if (entry := entries.get(cable.source)) is not None and entry.fingerprint == digest:
        return Outcome(cable.source, "unchanged", cable_id)
    if stored_digest == digest:
        return Outcome(cable.source, "duplicate", cable_id, "the same text as the copy held")
    stored = catalog.cable(cable_id)
    if stored and ((held := entries.get(stored.source)) is None or (held.parser or 0) < PARSER_VERSION):
        # It may hold what this version keeps apart, such as the text of another telegram.
        return Outcome(cable.source, "updated", cable_id, "replaces what an older parser read")
    reason = stored and stored.source != cable.source and reason_to_keep(stored, cable)
    if reason:
        return Outcome(cable.source, "duplicate", cable_id, f"the copy held {reason}")
    return Outcome(cable.source, "updated", cable_id, "replaces the copy held")


def _has_older(catalog: Catalog) -> bool:
    """Whether an older version of the parser read some of what the catalog holds.

    Raises:
        StoreMismatch: a newer version did.
    """
    version = catalog.manifest().get(PARSER)
    if version is None:
        catalog.set_manifest({PARSER: str(PARSER_VERSION)})
    elif int(version) > PARSER_VERSION:
        raise StoreMismatch(
            f"the store was made by parser version {version}, this is version {PARSER_VERSION}; "
            "use the version of cables that made it, or a newer one"
        )
    return version is not None and int(version) < PARSER_VERSION
