"""The tombstones of an archive: what was taken out of it for good, without the text, so that it stays out."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, exists, insert, not_, or_, select

from rag.catalog.cable_rows import write_manifest
from rag.catalog.catalog_reader import CatalogReader, batches
from rag.catalog.tables import cables, manifest, paragraphs, tombstones, withdrawn_texts
from rag.domain.cable import Cable, Paragraph
from rag.domain.cable_id import CableId
from rag.domain.citation import TypedCitation
from rag.domain.name_digest import NameDigest, digest_of, words_of
from rag.domain.tombstone import KeptCable, Tombstone, without_withdrawn

_SALT = "tombstone_salt"
"""Name of the manifest's entry for the key of the digests."""

_LEAST_WORDS = 8  # of a text that is recognised under another key; shorter ones stand in many cables
_COPY = 0.5  # share of a cable's recognised paragraphs from which it is a copy of a withdrawn one


class Tombstones:
    """Reads and lifts tombstones."""

    def __init__(self, catalog: CatalogReader) -> None:
        self._catalog = catalog

    def all(self) -> list[Tombstone]:
        """Every tombstone, oldest first."""
        with self._catalog.begin() as connection:
            return _read(connection)

    def of(self, cable_id: str, locator: str | None = None) -> Tombstone | None:
        """Why this cable, or this paragraph of it, was withdrawn; None where it was not."""
        with self._catalog.begin() as connection:
            return stone_of(connection, cable_id, locator)

    def meant(self, typed: TypedCitation) -> Tombstone | None:
        """Why the cable that a citation names was withdrawn; None where none of these was."""
        for stone in self.all():
            cable = CableId.parse(stone.cable_id)
            fits = cable.serial == typed.serial and cable.post in typed.posts()
            if stone.name is None and stone.locator is None and fits and typed.year in (None, cable.year):
                return stone
        return None

    def lift(self, cable_id: str) -> list[Tombstone]:
        """Remove every tombstone of a cable and return them; the text comes back with the next ingest of it."""
        with self._catalog.begin(writing=True) as connection:
            lifted = _read(connection, cable_id)
            connection.execute(delete(tombstones).where(tombstones.c.cable_id == cable_id))
        return lifted


def kept_cable(connection: Connection, cable: Cable) -> KeptCable:
    """What is left of a cable without what was withdrawn or redacted, under its own id or another."""
    stones = _read(connection, str(cable.id))
    repeated = _repeated(connection, cable)
    whole = {key for key, of_cable in repeated.values() if of_cable}
    if whole and len(whole) > _COPY * sum(map(_is_recognisable, cable.paragraphs)):
        first = sorted(whole)[0]
        return KeptCable(None, (f"it repeats {first.partition('#')[0]}, which was withdrawn",))
    return without_withdrawn(cable, stones, lambda each: _withdrawn_alone(repeated.get(str(each.key))))


def _withdrawn_alone(found: tuple[str, bool] | None) -> str | None:
    return None if found is None or found[1] else found[0]


def _repeated(connection: Connection, cable: Cable) -> Mapping[str, tuple[str, bool]]:
    """By key, the paragraphs whose text was withdrawn under another: that key, and whether with a whole cable.

    Copies under another id that the archive held at the time were left in it, and so they may stay.
    """
    salts = connection.scalars(select(tombstones.c.salt).where(tombstones.c.digest.is_(None)).distinct()).all()
    digests = {
        digest_of(paragraph.text, salt): str(paragraph.key)
        for salt in salts
        for paragraph in cable.paragraphs
        if _is_recognisable(paragraph)
    }
    own = cables.c.id == str(cable.id)
    found: dict[str, tuple[str, bool]] = {}
    for batch in batches(list(digests)):
        columns = withdrawn_texts.c.digest, withdrawn_texts.c.key, tombstones.c.locator
        query = select(*columns).join(tombstones).where(withdrawn_texts.c.digest.in_(batch))
        query = query.where(or_(tombstones.c.cable_id == str(cable.id), not_(exists().where(own))))
        for row in connection.execute(query):
            found[digests[row.digest]] = (row.key, row.locator is None)
    return found


def add_tombstone(connection: Connection, stone: Tombstone, texts: Iterable[Paragraph] = ()) -> None:
    """Write a tombstone in place of an equal one; `texts` are the paragraphs that were withdrawn with it."""
    name, same = stone.name, tombstones.c.cable_id == stone.cable_id
    digest = name.digest if name else None
    connection.execute(
        delete(tombstones).where(same, tombstones.c.locator == stone.locator, tombstones.c.digest == digest)
    )
    salt = name.salt if name else salt_of(connection)
    row: dict[str, Any] = {
        "id": stone.id,
        "cable_id": stone.cable_id,
        "locator": stone.locator,
        "reason": stone.reason,
        "author": stone.by,
        "made": int(stone.made.timestamp()),
        "salt": salt,
        "digest": digest,
        "words": name.words if name else None,
        "replacement": name.replacement if name else None,
    }
    connection.execute(insert(tombstones), row)
    kept = {digest_of(each.text, salt): str(each.key) for each in texts if _is_recognisable(each)}
    if rows := [{"digest": each, "tombstone": stone.id, "key": key} for each, key in kept.items()]:
        connection.execute(insert(withdrawn_texts), rows)


def copies_elsewhere(connection: Connection, stones: Iterable[Tombstone]) -> list[str]:
    """Keys of the paragraphs with the text of one that these withdrew, by its digest, sorted."""
    columns = withdrawn_texts.c.digest, tombstones.c.salt
    query = select(*columns).join(tombstones).where(tombstones.c.id.in_([stone.id for stone in stones]))
    digests, salts = set[str](), set[str]()
    for row in connection.execute(query):
        digests.add(row.digest)
        salts.add(row.salt)
    if not digests:
        return []
    held = connection.execution_options(yield_per=1000).execute(select(paragraphs.c.key, paragraphs.c.text))
    return sorted(row.key for row in held if any(digest_of(row.text, salt) in digests for salt in salts))


def salt_of(connection: Connection) -> str:
    """The random key of this store's digests, made when it is first needed."""
    salt = connection.scalar(select(manifest.c.value).where(manifest.c.name == _SALT))
    if salt is None:
        salt = secrets.token_hex(32)
        write_manifest(connection, {_SALT: salt})
    return str(salt)


def copied(connection: Connection) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """All rows of both tables, for `pasted`."""
    stones = [dict(row) for row in connection.execute(select(tombstones)).mappings()]
    return stones, [dict(row) for row in connection.execute(select(withdrawn_texts)).mappings()]


def pasted(connection: Connection, rows: tuple[list[dict[str, Any]], list[dict[str, Any]]]) -> list[str]:
    """Add the rows of `copied` that are not there; returns the ids of the cables they are of."""
    there = set(connection.scalars(select(tombstones.c.id)))
    stones = [row for row in rows[0] if row["id"] not in there]
    if stones:
        connection.execute(insert(tombstones), stones)
    if texts := [row for row in rows[1] if row["tombstone"] not in there]:
        connection.execute(insert(withdrawn_texts), texts)
    return sorted({row["cable_id"] for row in rows[0]})


def stones_of(connection: Connection, cable_id: str) -> list[Tombstone]:
    """The tombstones of a cable, oldest first."""
    return _read(connection, cable_id)


def stone_of(connection: Connection, cable_id: str, locator: str | None = None) -> Tombstone | None:
    """The tombstone of a withdrawn cable, or of a withdrawn paragraph of it; None where it was not withdrawn."""
    withdrawn = (stone for stone in _read(connection, cable_id) if stone.name is None)
    return next((stone for stone in withdrawn if stone.locator in (None, locator)), None)


def _is_recognisable(paragraph: Paragraph) -> bool:
    return len(words_of(paragraph.text)) >= _LEAST_WORDS


def _read(connection: Connection, cable_id: str | None = None) -> list[Tombstone]:
    query = select(tombstones).order_by(tombstones.c.made, tombstones.c.id)
    if cable_id is not None:
        query = query.where(tombstones.c.cable_id == cable_id)
    return [_tombstone(row) for row in connection.execute(query)]


def _tombstone(row: Any) -> Tombstone:
    name = NameDigest(row.digest, row.words, row.salt, row.replacement) if row.digest else None
    made = datetime.fromtimestamp(row.made, UTC)
    return Tombstone(row.id, row.cable_id, row.locator, row.reason, row.author, made, name)
