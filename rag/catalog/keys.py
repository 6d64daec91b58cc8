"""API keys: each has a reader's name and clearance. Only a digest of a key is stored."""

import hmac
import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from hashlib import sha256
from typing import Any

from sqlalchemy import delete, insert, select, update

from rag.catalog.catalog_reader import CatalogReader
from rag.catalog.tables import keys, watches
from rag.domain.access import OWNER, Clearance
from rag.domain.marking import Level
from rag.errors import BadInput, NotFound

_PREFIX = "cables"


@dataclass(frozen=True, slots=True)
class Key:
    """A key without its secret; `revoked` is None while it is valid."""

    id: str
    name: str
    clearance: Clearance
    created: datetime
    revoked: datetime | None


class Keys:
    """The keys of a store, in its catalog."""

    def __init__(self, catalog: CatalogReader, now: Callable[[], float] = time.time) -> None:
        """`now` returns Unix time in seconds."""
        self._catalog = catalog
        self._now = now

    def add(self, name: str, clearance: Clearance) -> str:
        """Make a key and return it; it cannot be read back later.

        Raises:
            BadInput: the name is empty or in use.
        """
        name = name.strip()
        if not name:
            raise BadInput("a key needs a name, such as that of its reader")
        key_id = secrets.token_hex(6)
        token = f"{_PREFIX}_{key_id}_{secrets.token_hex(32)}"
        row = {
            "id": key_id,
            "name": name,
            "digest": _digest(token),
            "level": clearance.level.name,
            "noforn": clearance.noforn,
            "nodis": clearance.nodis,
            "exdis": clearance.exdis,
            "created": int(self._now()),
        }
        with self._catalog.begin(writing=True) as connection:
            if connection.scalar(select(keys.c.id).where(keys.c.name == name, keys.c.revoked.is_(None))):
                raise BadInput(f"there is a key of the name {name}; revoke it first or choose another name")
            connection.execute(insert(keys), row)
        return token

    def all(self) -> list[Key]:
        """Every key ever made, oldest first."""
        with self._catalog.begin() as connection:
            return [_key(row) for row in connection.execute(select(keys).order_by(keys.c.created, keys.c.name))]

    def revoke(self, name: str) -> None:
        """Make a key invalid from its next request on, and remove its saved searches.

        Raises:
            NotFound: no valid key has this name.
        """
        with self._catalog.begin() as connection:
            valid = keys.c.name == name.strip(), keys.c.revoked.is_(None)
            connection.execute(delete(watches).where(watches.c.key_id.in_(select(keys.c.id).where(*valid))))
            if not connection.execute(update(keys).where(*valid).values(revoked=int(self._now()))).rowcount:
                raise NotFound(f"there is no key {name!r}; `cables keys list` shows the keys there are")

    def required(self) -> bool:
        """Whether the store ever had a key: revoking the last one does not open it to everyone again."""
        with self._catalog.begin() as connection:
            return connection.scalar(select(keys.c.id).limit(1)) is not None

    def clearance(self, token: str) -> Clearance | None:
        """What the holder of this key may see, or None where it is no valid key."""
        found = self.find(token)
        return found.clearance if found else None

    def find(self, token: str) -> Key | None:
        """The key of this token, or None where it is no valid key."""
        _, _, rest = token.partition("_")
        with self._catalog.begin() as connection:
            row = connection.execute(select(keys).where(keys.c.id == rest.partition("_")[0])).first()
        # Compared even where there is no such key, so that the time taken does not reveal it.
        same = hmac.compare_digest(_digest(token), row.digest if row else _digest(""))
        return _key(row) if row is not None and same and row.revoked is None else None

    def valid(self, key_id: str) -> Key | None:
        """The key with this id, or None where it is no valid key."""
        with self._catalog.begin() as connection:
            row = connection.execute(select(keys).where(keys.c.id == key_id, keys.c.revoked.is_(None))).first()
        return _key(row) if row else None


def least_clearance(keys: Iterable[Key]) -> Clearance:
    """What the holders of all valid keys may see; the owner's clearance where there is no key."""
    return reduce(Clearance.within, (key.clearance for key in keys if key.revoked is None), OWNER)


def _digest(token: str) -> str:
    # The secret has 256 random bits: nothing slower than SHA-256 is needed against guessing.
    return sha256(token.encode()).hexdigest()


def _key(row: Any) -> Key:
    clearance = Clearance(Level[row.level], row.noforn, row.nodis, row.exdis)
    return Key(row.id, row.name, clearance, _moment(row.created), _moment(row.revoked) if row.revoked else None)


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
