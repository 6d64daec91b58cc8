"""From documents to an archive: parse, decide, write to the catalog, index; nothing rejected stops the rest."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeAlias

from ingest.ahead import ahead
from ingest.copies import why_better
from ingest.document import Document, Rejection
from ingest.parser import PARSER_VERSION, read
from rag.cable import Cable
from rag.catalog import Catalog, LedgerEntry, fingerprint
from rag.errors import StoreMismatch

OUTCOMES = ("added", "updated", "unchanged", "duplicate", "rejected")
_PARAGRAPHS_BETWEEN_SYNCS = 400
_CABLES_AHEAD = 500

Parse: TypeAlias = Callable[[Iterable[Document | Rejection]], Iterable[Cable | Rejection]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input: one of `OUTCOMES`, the cable's id where there is one, a reason where it helps."""

    source: str
    outcome: str
    cable_id: str | None = None
    reason: str | None = None


@dataclass(slots=True)
class Report:
    """All outcomes of an ingest."""

    outcomes: list[Outcome] = field(default_factory=list)
    numerics: str | None = None
    """What the paragraphs were encoded with, where this process did it."""

    def count(self, outcome: str) -> int:
        """How many inputs ended so."""
        return sum(each.outcome == outcome for each in self.outcomes)


class IngestStore(Protocol):
    """An archive, or what stands for one that a service owns."""

    catalog: Catalog

    def sync(self) -> int:
        """Have both indexes hold what the catalog does; returns how many cables that took."""

    def numerics(self) -> str | None:
        """What this process encodes with; None if it did not."""


def ingest(
    archive: IngestStore,
    documents: Iterable[Document | Rejection],
    progress: Callable[[Outcome], None] = lambda outcome: None,
    parse: Parse | None = None,
    between_syncs: int = _PARAGRAPHS_BETWEEN_SYNCS,
) -> Report:
    """Bring all documents into the archive; returns when both indexes hold everything the catalog does.

    The indexes are brought up to the catalog whenever so many paragraphs wait.

    Raises:
        StoreMismatch: the store was made by another version of the parser.
    """
    _check_parser(archive.catalog)
    report = Report()
    waiting = 0
    # Reading, parsing and the catalog go on in a thread of their own while this one has the indexes brought up to it.
    cables = (parse or _parsed)(documents)
    with closing(ahead(_written(archive.catalog, cables), _CABLES_AHEAD)) as written:
        for outcome, paragraphs in written:
            report.outcomes.append(outcome)
            progress(outcome)
            waiting += paragraphs
            if waiting >= between_syncs:
                archive.sync()
                waiting = 0
    archive.sync()
    report.numerics = archive.numerics()
    return report


def _parsed(documents: Iterable[Document | Rejection]) -> Iterator[Cable | Rejection]:
    for document in documents:
        yield from [document] if isinstance(document, Rejection) else read(document)


def _written(catalog: Catalog, cables: Iterable[Cable | Rejection]) -> Iterator[tuple[Outcome, int]]:
    """Each outcome with the number of paragraphs it leaves to be indexed."""
    for cable in cables:
        if isinstance(cable, Rejection):
            yield Outcome(cable.name, "rejected", reason=cable.reason), 0
            continue
        outcome = store(catalog, cable)
        changed = outcome.outcome in ("added", "updated")
        yield outcome, len(cable.paragraphs) if changed else 0


def store(catalog: Catalog, cable: Cable) -> Outcome:
    """Write one parsed cable unless the archive holds it already, and enter it in the ledger."""
    cable_id, given = str(cable.id), fingerprint(cable)
    held = catalog.fingerprint(cable_id)
    entries = catalog.entries(cable_id)
    outcome = _decide(catalog, cable, given, held, entries)
    entry = LedgerEntry(cable.source, cable_id, given, outcome.outcome)
    if outcome.outcome in ("added", "updated"):
        catalog.put(replace(cable, variants=tuple(sorted(set(entries) - {cable.source}))), entry)
        return outcome
    if outcome.outcome == "duplicate":
        catalog.add_variant(cable_id, cable.source)
    if entries.get(cable.source) != given:
        catalog.record(entry)
    return outcome


def _decide(catalog: Catalog, cable: Cable, given: str, held: str | None, entries: dict[str, str]) -> Outcome:
    cable_id = str(cable.id)
    if held is None:
        return Outcome(cable.source, "added", cable_id)
    if entries.get(cable.source) == given:
        return Outcome(cable.source, "unchanged", cable_id)
    if held == given:
        return Outcome(cable.source, "duplicate", cable_id, "the same text as the copy held")
    old = catalog.cable(cable_id)
    better = old and old.source != cable.source and why_better(old, cable)
    if better:
        return Outcome(cable.source, "duplicate", cable_id, f"the copy held {better}")
    return Outcome(cable.source, "updated", cable_id, "replaces the copy held")


def _check_parser(catalog: Catalog) -> None:
    held = catalog.manifest().get("parser")
    if held is None:
        catalog.set_manifest({"parser": str(PARSER_VERSION)})
    elif held != str(PARSER_VERSION):
        raise StoreMismatch(
            f"the store was made by parser version {held}, this is version {PARSER_VERSION}; "
            "ingest the cables into a new store"
        )
