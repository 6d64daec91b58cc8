"""Reading the catalog, as one reader sees it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement, Connection, Engine, exists, func, not_, select, true
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from rag.access import OWNER, Clearance, redacted
from rag.cable import Cable, Paragraph
from rag.cable_id import CableId
from rag.cable_record import cable_from_record, paragraph_from_row
from rag.citation import TypedCitation
from rag.database import for_writing
from rag.duplicates import group_members, leaders
from rag.errors import CablesError, StoreUnavailable
from rag.tables import cable_references, cables, manifest, paragraphs

NEW = 0  # of a cable: never indexed
CONTENT = "content"
"""Name of the manifest's entry that is another one after each cable written."""
_T = TypeVar("_T")
_MANY = 500  # bound variables in one statement; SQLite's historical limit is 999


@dataclass(frozen=True, slots=True)
class Size:
    """How much an archive holds."""

    cables: int
    paragraphs: int


class CatalogReader:
    """Reads the catalog for one reader: what is not for them is not there. Every method is one transaction."""

    def __init__(self, engine: Engine, reader: Clearance = OWNER) -> None:
        self._engine = engine
        self.reader = reader
        self._known: dict[str, tuple[str, Any]] = {}

    def as_reader(self, reader: Clearance) -> "CatalogReader":
        """The same catalog as this reader sees it."""
        return CatalogReader(self._engine, reader)

    def manifest(self) -> dict[str, str]:
        """Model, parser and schema versions the store was built with."""
        with self.begin() as connection:
            return {row.name: row.value for row in connection.execute(select(manifest))}

    def size(self) -> Size:
        """Cables and paragraphs held."""
        return self._once("size", self._size)

    def _size(self, connection: Connection) -> Size:
        return Size(
            connection.scalar(select(func.count()).select_from(cables).where(self.visible())) or 0,
            connection.scalar(select(func.count()).select_from(paragraphs).where(self.opens(paragraphs))) or 0,
        )

    def ids(self) -> list[str]:
        """All cable ids, sorted."""
        with self.begin() as connection:
            return list(connection.scalars(select(cables.c.id).where(self.visible()).order_by(cables.c.id)))

    def cable(self, cable_id: str) -> Cable | None:
        """A whole cable, or None."""
        with self.begin() as connection:
            record = connection.scalar(select(cables.c.fields).where(cables.c.id == cable_id, self.visible()))
            if record is None:  # before any paragraph is read, so that time does not tell hidden from absent
                return None
            of_cable = paragraphs.c.cable_id == cable_id, self.opens(paragraphs)
            rows = connection.execute(select(paragraphs).where(*of_cable).order_by(paragraphs.c.position))
            cable = cable_from_record(record, [paragraph_from_row(row) for row in rows])
            return redacted(replace(cable, duplicates=self._duplicates(connection, cable_id)), self.reader)

    def _duplicates(self, connection: Connection, cable_id: str) -> tuple[str, ...]:
        alike = group_members(connection, cable_id)
        whole = self._whole(connection, [cable_id, *alike[:_MANY]])
        return tuple(sorted(whole - {cable_id})) if cable_id in whole else ()

    def _whole(self, connection: Connection, ids: Sequence[str]) -> set[str]:
        """Those of the cables that are for this reader to the last paragraph: likeness is that of whole texts."""
        hidden = exists().where(paragraphs.c.cable_id == cables.c.id, not_(self.opens(paragraphs)))
        query = select(cables.c.id).where(cables.c.id.in_(ids), self.opens(cables), not_(hidden))
        return set(connection.scalars(query))

    def duplicates_of(self, ids: Sequence[str]) -> dict[str, str]:
        """For each cable the first of `ids` with near-identical text: its own id where it repeats none before it.

        Cables with the same value are one source, not two. Ids that are not among `ids` never come out.
        """
        found = {cable_id: cable_id for cable_id in ids}
        with self.begin() as connection:
            for some in batches(list(ids)):
                found.update(leaders(connection, some))
            led = Counter(found.values())
            # Few cables repeat another; only of these is it asked whether the reader may know.
            repeating = [cable_id for cable_id in ids if led[found[cable_id]] > 1]
            whole = {cable_id for some in batches(repeating) for cable_id in self._whole(connection, some)}
        firsts: dict[str, str] = {}
        return {
            cable_id: firsts.setdefault(found[cable_id], cable_id) if cable_id in whole else cable_id
            for cable_id in ids
        }

    def paragraphs(self, keys: Sequence[str], searched: bool = False) -> dict[str, tuple[Cable, Paragraph]]:
        """The paragraphs with these keys, each with its cable (without the cable's other paragraphs).

        With `searched`, a new cable that is not wholly indexed yet is passed over: a search sees all of it or none.
        """
        found: dict[str, tuple[Cable, Paragraph]] = {}
        columns = (*paragraphs.c, cables.c.fields)
        with self.begin() as connection:
            for some in batches(list(keys)):
                query = select(*columns).join(cables).where(paragraphs.c.key.in_(some), self.opens(paragraphs))
                if searched:
                    query = query.where(cables.c.indexed != NEW)
                for row in connection.execute(query):
                    held = cable_from_record(row.fields, [paragraph_from_row(row)])
                    cable = redacted(held, self.reader)
                    if cable is not None:
                        found[row.key] = (cable, cable.paragraphs[0])
        return found

    def resolve(self, typed: TypedCitation) -> list[str]:
        """Ids of the cables a typed citation may mean; several where the year is needed, none where unknown."""
        for post in typed.posts():
            query = select(cables.c.id).where(cables.c.post == post, cables.c.serial == typed.serial, self.visible())
            with self.begin() as connection:
                ids = list(connection.scalars(query.order_by(cables.c.seconds)))
            if typed.year is not None:
                ids = [cable_id for cable_id in ids if CableId.parse(cable_id).year == typed.year]
            if ids:
                return ids
        return []

    def with_serial(self, serial: int, most: int) -> list[str]:
        """Ids of cables with this serial, oldest first."""
        query = select(cables.c.id).where(cables.c.serial == serial, self.visible())
        with self.begin() as connection:
            return list(connection.scalars(query.order_by(cables.c.seconds, cables.c.id).limit(most)))

    def next_to(self, post: str, serial: int, most: int) -> list[str]:
        """Ids of the cables of a post whose serials are nearest to this one."""
        query = select(cables.c.id).where(cables.c.post == post, self.visible())
        with self.begin() as connection:
            return list(connection.scalars(query.order_by(func.abs(cables.c.serial - serial), cables.c.id).limit(most)))

    def posts(self) -> dict[str, str]:
        """The posts that sent cables: as ids spell them, with their printed names."""
        return dict(self._once("posts", self._posts))

    def _posts(self, connection: Connection) -> dict[str, str]:
        rows = connection.execute(select(cables.c.post, cables.c.post_name).where(self.visible()).distinct())
        return {row.post: row.post_name for row in rows}

    def _once(self, name: str, read: Callable[[Connection], _T]) -> _T:
        """What goes through the whole catalog, read once until a cable is written."""
        with self.begin() as connection:
            content = connection.scalar(select(manifest.c.value).where(manifest.c.name == CONTENT)) or ""
            of, known = self._known.get(name, ("", None))
            if content and of == content:
                return cast("_T", known)
            found = read(connection)
        self._known[name] = (content, found)
        return found

    def has_post(self, post: str) -> bool:
        """Whether any cable was sent by this post (as ids spell it)."""
        query = select(cables.c.id).where(cables.c.post == post, self.visible()).limit(1)
        with self.begin() as connection:
            return connection.scalar(query) is not None

    def shared_labels(self, ids: Iterable[str]) -> set[str]:
        """Those of the ids whose label (post and serial) another cable of the archive has too."""
        parsed = {cable_id: CableId.parse(cable_id) for cable_id in ids}
        posts, shared = sorted({each.post for each in parsed.values()}), set[tuple[str, int]]()
        with self.begin() as connection:
            for some in batches(sorted({each.serial for each in parsed.values()})):
                twice = (
                    select(cables.c.post, cables.c.serial)
                    .where(cables.c.post.in_(posts), cables.c.serial.in_(some), self.visible())
                    .group_by(cables.c.post, cables.c.serial)
                    .having(func.count() > 1)
                )
                shared.update((row.post, row.serial) for row in connection.execute(twice))
        return {cable_id for cable_id, each in parsed.items() if (each.post, each.serial) in shared}

    def referring(self, cable_id: str) -> list[str]:
        """Ids of the cables that refer to this one; a reference has the classification of its cable."""
        query = (
            select(cable_references.c.cable_id)
            .join(cables)
            .where(cable_references.c.target == cable_id, self.visible(), self.opens(cables))
            .distinct()
        )
        with self.begin() as connection:
            return list(connection.scalars(query.order_by(cable_references.c.cable_id)))

    def visible(self) -> ColumnElement[bool]:
        """The condition on `cables` that some paragraph is for this reader."""
        if self.reader.classes is None:
            return true()
        return exists().where(paragraphs.c.cable_id == cables.c.id, self.opens(paragraphs))

    def opens(self, table: Any) -> ColumnElement[bool]:
        """The condition on `paragraphs` that they are for this reader; on `cables`, that their own fields are."""
        classes = self.reader.classes
        return true() if classes is None else table.c.access.in_(sorted(classes))

    @contextmanager
    def begin(self, writing: bool = False) -> Iterator[Connection]:
        """A transaction, `writing` if it reads before it writes; what the database raises becomes our own error."""
        with self._translated(), (for_writing(self._engine) if writing else self._engine).begin() as connection:
            yield connection

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", None) or error).splitlines()[0]
            away = isinstance(error, OperationalError | InterfaceError | PoolTimeout)
            raise (StoreUnavailable if away else CablesError)(
                f"the catalog cannot be used: {reason}; check the disk or CABLES_CATALOG_URL"
            ) from error


def batches(items: list[Any]) -> Iterator[list[Any]]:
    """The items in runs that fit one statement."""
    for start in range(0, len(items), _MANY):
        yield items[start : start + _MANY]
