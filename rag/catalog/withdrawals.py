"""Taking a cable, a paragraph or a name out of the catalog for good, in one transaction with its tombstone.

What the database's files and the indexes still hold of it is erased by `rag.index.erasure`.
"""

import secrets
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select, update

from rag.catalog.cable_record import cable_from_record, paragraph_from_row
from rag.catalog.cable_rows import fingerprint, lock_cables, remove_cable, write_cable, write_manifest
from rag.catalog.catalog import Catalog
from rag.catalog.feedback_erasure import erase_from_feedback
from rag.catalog.kept_answer_erasure import erase_from_kept_answers
from rag.catalog.lookup import no_such_paragraph
from rag.catalog.manifest import ERASE
from rag.catalog.occurrences import occurrences_of_name, occurrences_of_texts
from rag.catalog.tables import backups, cables, ledger, paragraphs
from rag.catalog.tombstones import add_tombstone, copies_elsewhere, kept_cable, salt_of, stone_of, stones_of
from rag.catalog.watches import erase_from_watches
from rag.domain.cable import Cable, Paragraph
from rag.domain.name_digest import NameDigest
from rag.domain.paragraph_key import Locator, ParagraphKey
from rag.domain.tombstone import Tombstone
from rag.domain.withdrawal import KnownBackup, Withdrawal, WithdrawalOrder
from rag.errors import BadInput, NotFound, Withdrawn

_MOST_REASON = 500  # characters


class Withdrawals:
    """Withdraws and redacts in the catalog of a store."""

    def __init__(self, catalog: Catalog, now: Callable[[], float] = time.time) -> None:
        """`now` returns Unix time in seconds."""
        self._catalog = catalog
        self._now = now

    def carry_out(self, order: WithdrawalOrder) -> Withdrawal:
        """Take out what the order names, with its tombstone, and note that files are to be erased.

        An order that was carried out before changes nothing: it may be given again when it is not known whether it was.

        Raises:
            BadInput: the reason, the name or a paragraph number cannot be used.
            NotFound: there is no such cable or paragraph, or it does not hold the name.
        """
        try:
            return self._carry_out(order)
        except NotFound:
            if (done := self._done_before(order)) is None:
                raise
            return done

    def _carry_out(self, order: WithdrawalOrder) -> Withdrawal:
        reason = " ".join(order.reason.split())
        if not 1 <= len(reason) <= _MOST_REASON:
            raise BadInput(f"a reason has 1 to {_MOST_REASON} characters")
        locators: list[str | None] = [str(Locator.parse(each)) for each in order.locators]
        with self._catalog.begin(writing=True) as connection:
            lock_cables(connection)
            cable = _open(connection, order.cable_id)
            name = None if order.name is None else NameDigest.of(order.name, order.replacement, salt_of(connection))
            now = self._now()
            made = datetime.fromtimestamp(int(now), UTC)
            for position, locator in enumerate(dict.fromkeys(locators or [None])):
                gone = _paragraphs(cable, locator)
                # Ids sort in the order they were made: a name may be redacted in what an earlier redaction put in.
                id_ = f"{int(now * 1e6):014x}{position:04x}{secrets.token_hex(4)}"
                stone = Tombstone(id_, str(cable.id), locator, reason, order.by, made, name)
                _check_holds(stone, gone, cable)
                add_tombstone(connection, stone, gone if name is None else ())
            kept = kept_cable(connection, cable).cable
            sources = _sources(connection, cable)
            _write(connection, cable, kept)
            write_manifest(connection, {ERASE: "yes"})
            changed = _changed(cable, kept)
            _erase_words(connection, changed, name, None if kept and not name else cable)
            if name is None:
                elsewhere = occurrences_of_texts(connection, changed)
            else:
                elsewhere = occurrences_of_name(connection, order.name or "", name)
            if not elsewhere:
                erase_from_watches(connection, [each.text for each in changed], name)
            known = _backups(connection)
        keys = tuple(str(each.key) for each in changed) or (str(cable.id),)
        return Withdrawal(str(cable.id), keys, tuple(elsewhere), tuple(sources), known)

    def _done_before(self, order: WithdrawalOrder) -> Withdrawal | None:
        """What came of an equal order; None where there was none."""
        with self._catalog.begin() as connection:
            stones = [each for each in stones_of(connection, order.cable_id) if _is_of(order, each)]
            done = {stone.locator: stone for stone in stones}
            wanted: list[str | None] = [str(Locator.parse(each)) for each in order.locators] or [None]
            whole = order.name is None and None in done
            if not whole and not done.keys() >= set(wanted):
                return None
            stones = [stone for stone in done.values() if stone.locator in {None, *wanted}]
            if order.name is not None and stones[0].name is not None:
                elsewhere = occurrences_of_name(connection, order.name, stones[0].name)
            else:
                elsewhere = copies_elsewhere(connection, stones)
            keys = tuple(stone.key for stone in stones)
            return Withdrawal(order.cable_id, keys, tuple(elsewhere), (), _backups(connection), already=True)

    def note_backup(self, path: str) -> None:
        """Note where a backup was written, so that later withdrawals can warn of it."""
        with self._catalog.begin(writing=True) as connection:
            connection.execute(delete(backups).where(backups.c.path == path))
            connection.execute(insert(backups), {"path": path, "made": int(self._now())})


def enforce(connection: Connection, cable_ids: Sequence[str]) -> list[str]:
    """Take out of these cables what their tombstones say; returns the ids of those that changed."""
    changed: list[str] = []
    for cable_id in cable_ids:
        cable = _cable(connection, cable_id)
        kept = None if cable is None else kept_cable(connection, cable).cable
        if cable is not None and kept != cable:
            _write(connection, cable, kept)
            _erase_as_told(connection, cable, kept)
            changed.append(cable_id)
    return changed


def _erase_as_told(connection: Connection, cable: Cable, kept: Cable | None) -> None:
    """Erase from readers' words what the tombstones of a cable took out of it just now."""
    left = {each.key for each in kept.paragraphs} if kept else set()
    gone = [paragraph for paragraph in cable.paragraphs if paragraph.key not in left]
    _erase_words(connection, gone, None, None if kept else cable)
    for name in (stone.name for stone in stones_of(connection, str(cable.id)) if stone.name is not None):
        _erase_words(connection, _changed(cable, kept), name, cable)


def _erase_words(
    connection: Connection, changed: Sequence[Paragraph], name: NameDigest | None, cable: Cable | None
) -> None:
    """Erase these paragraphs, or a name, from feedback and kept answers; the fields of `cable` too, unless None."""
    keys, texts = [str(each.key) for each in changed], [each.text for each in changed]
    erase_from_feedback(connection, keys, texts, name)
    erase_from_kept_answers(connection, keys if cable is None else [*keys, str(cable.id)], texts, name)


def _open(connection: Connection, cable_id: str) -> Cable:
    if (cable := _cable(connection, cable_id)) is not None:
        return cable
    stone = stone_of(connection, cable_id)
    raise Withdrawn(str(stone)) if stone else NotFound(f"the archive holds no cable {cable_id}")


def _cable(connection: Connection, cable_id: str) -> Cable | None:
    record = connection.scalar(select(cables.c.fields).where(cables.c.id == cable_id))
    if record is None:
        return None
    rows = select(paragraphs).where(paragraphs.c.cable_id == cable_id).order_by(paragraphs.c.position)
    return cable_from_record(record, [paragraph_from_row(row) for row in connection.execute(rows)])


def _is_of(order: WithdrawalOrder, stone: Tombstone) -> bool:
    if stone.name is None or order.name is None:
        return stone.name is None and order.name is None
    return NameDigest.of(order.name, order.replacement, stone.name.salt) == stone.name


def _paragraphs(cable: Cable, locator: str | None) -> list[Paragraph]:
    found = [each for each in cable.paragraphs if locator in (None, str(each.key.locator))]
    if locator is not None and not found:
        raise NotFound(no_such_paragraph(cable, str(ParagraphKey(cable.id, Locator.parse(locator)))))
    return found


def _check_holds(stone: Tombstone, found: Sequence[Paragraph], cable: Cable) -> None:
    if stone.name is None:
        return
    texts = [text for each in found for text in (each.text, each.heading)]
    if stone.locator is None:
        texts += [cable.subject, cable.origin, *cable.classified_by, *cable.signers]
        texts += [each.name for each in cable.recipients]
    if not any(map(stone.name.is_in, texts)):
        raise NotFound(f"{stone.key} does not hold that name; nothing was changed")


def _changed(cable: Cable, kept: Cable | None) -> list[Paragraph]:
    left = set() if kept is None else set(kept.paragraphs)
    return [paragraph for paragraph in cable.paragraphs if paragraph not in left]


def _sources(connection: Connection, cable: Cable) -> list[str]:
    read = connection.scalars(select(ledger.c.source).where(ledger.c.cable_id == str(cable.id)))
    return sorted({*read, *filter(None, (cable.source, *cable.variants))})


def _write(connection: Connection, cable: Cable, kept: Cable | None) -> None:
    """Write what is kept; the ledger's digests, which are of the whole text, go as well."""
    own = ledger.c.cable_id == str(cable.id)
    if kept is None:
        remove_cable(connection, str(cable.id))
        connection.execute(delete(ledger).where(own))
        return
    write_cable(connection, kept, redacted=True)
    connection.execute(update(ledger).where(own).values(fingerprint=""))
    connection.execute(update(ledger).where(own, ledger.c.source == kept.source).values(fingerprint=fingerprint(kept)))


def _backups(connection: Connection) -> tuple[KnownBackup, ...]:
    rows = connection.execute(select(backups).order_by(backups.c.made, backups.c.path))
    return tuple(KnownBackup(row.path, datetime.fromtimestamp(row.made, UTC)) for row in rows)
