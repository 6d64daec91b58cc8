"""Saved searches, each of one key. Only a digest of a feed's token is stored."""

import hmac
import secrets
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from rag.catalog.arrivals import Arrivals
from rag.catalog.catalog_reader import CatalogReader
from rag.catalog.tables import watches
from rag.domain.filters import Filters
from rag.domain.name_digest import NameDigest, word_runs
from rag.domain.watch import Watch
from rag.errors import BadInput, NotFound

MOST_WATCHES = 100
"""Saved searches that a key may have."""
_MOST_NAME = 200  # characters
_QUOTED_WORDS = 5  # in a row, by which a saved search quotes a paragraph


class Watches:
    """The saved searches of one key."""

    def __init__(self, catalog: CatalogReader, key_id: str, now: Callable[[], float] = time.time) -> None:
        """`key_id` is empty for the owner of the store; `now` returns Unix time in seconds."""
        self._catalog = catalog
        self._key_id = key_id
        self._now = now

    def add(self, query: str, filters: Filters, name: str | None = None) -> Watch:
        """Save a search, which must have been read before; what the archive holds by now is not new.

        Raises:
            BadInput: the name is too long, or there are too many.
        """
        name, query = (" ".join(text.replace("\0", "").split()) for text in (name or query, query))
        if len(name) > _MOST_NAME and name != query:
            raise BadInput(f"the name has {len(name)} characters; the most is {_MOST_NAME}")
        last = Arrivals(self._catalog).last()
        row: dict[str, Any] = {
            "id": secrets.token_hex(6),
            "key_id": self._key_id,
            "name": name[:_MOST_NAME],
            "query": query,
            "filters": filters_json(filters),
            "made": int(self._now()),
            "since": last,
            "seen": last,
        }
        with self._catalog.begin(writing=True) as connection:
            held = connection.scalar(select(func.count()).select_from(watches).where(self._own())) or 0
            if held >= MOST_WATCHES:
                raise BadInput(f"there are {held} saved searches; remove one first")
            connection.execute(insert(watches), row)
        return self.get(row["id"])

    def all(self) -> list[Watch]:
        """Every saved search, oldest first."""
        with self._catalog.begin() as connection:
            rows = connection.execute(select(watches).where(self._own()).order_by(watches.c.made, watches.c.id))
            return [_watch(row) for row in rows]

    def get(self, watch_id: str) -> Watch:
        """The saved search with this id.

        Raises:
            NotFound: this key has none.
        """
        with self._catalog.begin() as connection:
            row = connection.execute(select(watches).where(self._own(watch_id))).first()
        if row is None:
            raise _no_such(watch_id)
        return _watch(row)

    def see(self, watch_id: str, mark: int | None = None) -> Watch:
        """Note that all was seen up to this stamp, by default to the last arrival; one that was seen stays so.

        Raises:
            NotFound: this key has no such saved search.
        """
        seen, last = self.get(watch_id).seen, Arrivals(self._catalog).last()
        upto = max(seen, last if mark is None else min(mark, last))
        self._change(watch_id, seen=upto)
        return self.get(watch_id)

    def open_feed(self, watch_id: str) -> str:
        """Make a token for the address of its feed and return it; it cannot be read back, and one before is void.

        Raises:
            NotFound: this key has no such saved search.
        """
        token = secrets.token_urlsafe(32)
        self._change(watch_id, feed=_digest(token))
        return token

    def remove(self, watch_id: str) -> None:
        """Remove a saved search, and with it the address of its feed.

        Raises:
            NotFound: this key has none with this id.
        """
        with self._catalog.begin() as connection:
            if not connection.execute(delete(watches).where(self._own(watch_id))).rowcount:
                raise _no_such(watch_id)

    def _change(self, watch_id: str, **values: Any) -> None:
        with self._catalog.begin() as connection:
            if not connection.execute(update(watches).where(self._own(watch_id)).values(values)).rowcount:
                raise _no_such(watch_id)

    def _own(self, watch_id: str | None = None) -> ColumnElement[bool]:
        own = watches.c.key_id == self._key_id
        return own if watch_id is None else own & (watches.c.id == watch_id.replace("\0", ""))


def key_of_feed(catalog: CatalogReader, watch_id: str, token: str) -> str | None:
    """Id of the key whose saved search has a feed with this token; None where the token is not its."""
    with catalog.begin() as connection:
        row = connection.execute(select(watches).where(watches.c.id == watch_id.replace("\0", ""))).first()
    # Compared even where there is no such feed, so that the time taken does not reveal it.
    same = hmac.compare_digest(_digest(token), row.feed if row and row.feed else _digest(""))
    return row.key_id if row and row.feed and same else None


def erase_from_watches(connection: Connection, texts: Sequence[str], name: NameDigest | None) -> None:
    """Remove the saved searches that quote texts, or hold a name, that stand nowhere in the archive any more."""
    quoted = {run for text in texts for run in word_runs(text, _QUOTED_WORDS)}
    for row in connection.execute(select(watches)).all():
        written = f"{row.name}\n{row.query}"
        held = not quoted.isdisjoint(word_runs(written, _QUOTED_WORDS)) if name is None else name.is_in(written)
        if held:
            connection.execute(delete(watches).where(watches.c.id == row.id))


def filters_json(filters: Filters) -> dict[str, Any]:
    """Filters as a JSON object, with the names of `POST /chat`."""
    return {
        "post": sorted(filters.posts),
        "tag": sorted(filters.tags),
        "classification": sorted(filters.classifications),
        "date_from": filters.date_from and filters.date_from.isoformat(),
        "date_to": filters.date_to and filters.date_to.isoformat(),
    }


def _filters(record: dict[str, Any]) -> Filters:
    first, last = (record[name] and date.fromisoformat(record[name]) for name in ("date_from", "date_to"))
    return Filters.of(record["post"], record["tag"], first, last, record["classification"])


def _watch(row: Any) -> Watch:
    made = datetime.fromtimestamp(row.made, UTC)
    return Watch(row.id, row.name, row.query, _filters(row.filters), made, row.since, row.seen, row.feed is not None)


def _no_such(watch_id: str) -> NotFound:
    return NotFound(f"there is no saved search {watch_id[:40]!r}; `cables watch list` and GET /watches show them")


def _digest(token: str) -> str:
    # The token has 256 random bits: nothing slower than SHA-256 is needed against guessing.
    return sha256(token.encode()).hexdigest()
