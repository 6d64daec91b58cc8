"""Reading the catalog, as one reader sees it."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement, Connection, exists, func, not_, select, true

from rag.catalog.cable_record import cable_from_record, paragraph_from_row
from rag.catalog.database import Database
from rag.catalog.duplicates import group_members, leaders
from rag.catalog.manifest import CONTENT
from rag.catalog.tables import cable_references, cable_tags, cables, manifest, paragraphs
from rag.domain.access import OWNER, Clearance, redacted
from rag.domain.cable import Cable, Paragraph
from rag.domain.cable_id import CableId
from rag.domain.citation import TypedCitation

NEW = 0  # state of a cable that was never indexed
_T = TypeVar("_T")
_BATCH = 500  # bound variables in one statement; SQLite's historical limit is 999


@dataclass(frozen=True, slots=True)
class Size:
    """How many cables and paragraphs an archive has."""

    cables: int
    paragraphs: int


class CatalogReader:
    """Reads the catalog for one reader: what they may not see is as if absent. Every method is one transaction."""

    def __init__(self, database: Database, reader: Clearance = OWNER) -> None:
        self._database = database
        self.reader = reader
        self._cache: dict[str, tuple[str, Any]] = {}

    def as_reader(self, reader: Clearance) -> "CatalogReader":
        """The same catalog as this reader sees it."""
        return CatalogReader(self._database, reader)

    def manifest(self) -> dict[str, str]:
        """Model, parser and schema versions the store was built with."""
        with self.begin() as connection:
            return {row.name: row.value for row in connection.execute(select(manifest))}

    def size(self) -> Size:
        """How many cables and paragraphs there are."""
        return self._cached("size", self._size)

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
            if record is None:  # before any paragraph is read: hidden and absent cables take the same time
                return None
            of_cable = paragraphs.c.cable_id == cable_id, self.opens(paragraphs)
            rows = connection.execute(select(paragraphs).where(*of_cable).order_by(paragraphs.c.position))
            cable = cable_from_record(record, [paragraph_from_row(row) for row in rows])
            return redacted(replace(cable, duplicates=self._duplicates(connection, cable_id)), self.reader)

    def cables(self, ids: Iterable[str]) -> Iterator[Cable]:
        """The whole cables with these ids, in order; ids without a cable are left out."""
        return (cable for cable_id in ids if (cable := self.cable(cable_id)) is not None)

    def _duplicates(self, connection: Connection, cable_id: str) -> tuple[str, ...]:
        others = group_members(connection, cable_id)
        open_ids = self._fully_open(connection, [cable_id, *others[:_BATCH]])
        return tuple(sorted(open_ids - {cable_id})) if cable_id in open_ids else ()

    def _fully_open(self, connection: Connection, ids: Sequence[str]) -> set[str]:
        """Those of the cables all of whose paragraphs the reader may see: duplicates are of whole texts."""
        hidden = exists().where(paragraphs.c.cable_id == cables.c.id, not_(self.opens(paragraphs)))
        query = select(cables.c.id).where(cables.c.id.in_(ids), self.opens(cables), not_(hidden))
        return set(connection.scalars(query))

    def duplicates_of(self, ids: Sequence[str]) -> dict[str, str]:
        """For each cable the first of `ids` with near-identical text: its own id where it repeats none before it.

        Cables with the same value are one source, not two. Only ids that are among `ids` are returned.
        """
        leader_of = {cable_id: cable_id for cable_id in ids}
        with self.begin() as connection:
            for batch in batches(list(ids)):
                leader_of.update(leaders(connection, batch))
            group_sizes = Counter(leader_of.values())
            # Few cables repeat another: the access check is made for these only.
            repeating = [cable_id for cable_id in ids if group_sizes[leader_of[cable_id]] > 1]
            open_ids = {cable_id for batch in batches(repeating) for cable_id in self._fully_open(connection, batch)}
        firsts: dict[str, str] = {}
        return {
            cable_id: firsts.setdefault(leader_of[cable_id], cable_id) if cable_id in open_ids else cable_id
            for cable_id in ids
        }

    def paragraphs(self, keys: Sequence[str], searched: bool = False) -> dict[str, tuple[Cable, Paragraph]]:
        """The paragraphs with these keys, each with its cable (without the cable's other paragraphs).

        With `searched`, a new cable that is not completely indexed is left out: a search sees all of it or nothing.
        """
        pairs: dict[str, tuple[Cable, Paragraph]] = {}
        columns = (*paragraphs.c, cables.c.fields)
        with self.begin() as connection:
            for batch in batches(list(keys)):
                query = select(*columns).join(cables).where(paragraphs.c.key.in_(batch), self.opens(paragraphs))
                if searched:
                    query = query.where(cables.c.indexed != NEW)
                for row in connection.execute(query):
                    cable = redacted(cable_from_record(row.fields, [paragraph_from_row(row)]), self.reader)
                    if cable is not None:
                        pairs[row.key] = (cable, cable.paragraphs[0])
        return pairs

    def resolve(self, typed: TypedCitation) -> list[str]:
        """Ids of the cables a typed citation may mean; several where the year is needed, none where unknown."""
        for post in typed.posts():
            query = select(cables.c.id).where(cables.c.post == post, cables.c.serial == typed.serial, self.visible())
            with self.begin() as connection:
                ids = list(connection.scalars(query.order_by(cables.c.seconds)))
            if typed.year is not None:
                of_year = [cable_id for cable_id in ids if CableId.parse(cable_id).year == typed.year]
                ids = of_year or (ids if typed.year_follows else [])  # what follows may be another time
            if ids:
                return ids
        return []

    def labelled(self, labels: Collection[tuple[str, int]]) -> dict[tuple[str, int], list[str]]:
        """Ids of the cables with each of these labels (post as ids spell it, and serial), oldest first."""
        posts, found = sorted({post for post, _ in labels}), dict[tuple[str, int], list[str]]()
        with self.begin() as connection:
            for batch in batches(sorted({serial for _, serial in labels})):
                query = select(cables.c.id, cables.c.post, cables.c.serial).where(
                    cables.c.post.in_(posts), cables.c.serial.in_(batch), self.visible()
                )
                for row in connection.execute(query.order_by(cables.c.seconds, cables.c.id)):
                    if (row.post, row.serial) in labels:
                        found.setdefault((row.post, row.serial), []).append(row.id)
        return found

    def with_serial(self, serial: int, most: int) -> list[str]:
        """Ids of cables with this serial, oldest first."""
        query = select(cables.c.id).where(cables.c.serial == serial, self.visible())
        with self.begin() as connection:
            return list(connection.scalars(query.order_by(cables.c.seconds, cables.c.id).limit(most)))

    def nearest_serials(self, post: str, serial: int, most: int) -> list[str]:
        """Ids of the cables of a post (as ids spell it) whose serials are nearest to this one, nearest first."""
        query = select(cables.c.id).where(cables.c.post == post, self.visible())
        with self.begin() as connection:
            return list(connection.scalars(query.order_by(func.abs(cables.c.serial - serial), cables.c.id).limit(most)))

    def posts(self) -> dict[str, str]:
        """The posts that sent cables: as ids spell them, with their printed names."""
        return dict(self._cached("posts", self._posts))

    def _posts(self, connection: Connection) -> dict[str, str]:
        held = select(cables.c.post).distinct().subquery("held")
        # The first visible cable of each post: to look at all takes a tenth of a second for 30,000 of them.
        of_post = select(cables.c.post_name).where(cables.c.post == held.c.post, self.visible())
        name = of_post.order_by(cables.c.serial, cables.c.id).limit(1).correlate(held).scalar_subquery()
        rows = connection.execute(select(held.c.post, name.label("name")))
        return {row.post: row.name for row in rows if row.name is not None}

    def tags(self) -> frozenset[str]:
        """The TAGS of cables whose own fields the reader may see."""
        of_open = select(cable_tags.c.tag).join(cables).where(self.visible(), self.opens(cables)).distinct()
        return self._cached("tags", lambda connection: frozenset(connection.scalars(of_open)))

    def classifications(self) -> frozenset[str]:
        """The classifications of such cables, in upper case."""
        value = func.upper(cables.c.classification)
        of_open = select(value).where(value.is_not(None), self.visible(), self.opens(cables)).distinct()
        return self._cached("classifications", lambda connection: frozenset(connection.scalars(of_open)))

    def _cached(self, name: str, read: Callable[[Connection], _T]) -> _T:
        """The result of a query over the whole catalog, cached until a cable is written."""
        with self.begin() as connection:
            content = connection.scalar(select(manifest.c.value).where(manifest.c.name == CONTENT)) or ""
            cached_content, cached = self._cache.get(name, ("", None))
            if content and cached_content == content:
                return cast("_T", cached)
            result = read(connection)
        self._cache[name] = (content, result)
        return result

    def has_post(self, post: str) -> bool:
        """Whether any cable was sent by this post (as ids spell it)."""
        query = select(cables.c.id).where(cables.c.post == post, self.visible()).limit(1)
        with self.begin() as connection:
            return connection.scalar(query) is not None

    def shared_labels(self, ids: Iterable[str]) -> set[str]:
        """Those of the ids whose label (post and serial) another cable of the archive has too."""
        parsed = {cable_id: CableId.parse(cable_id) for cable_id in ids}
        labels = {cable_id: (cable.post, cable.serial) for cable_id, cable in parsed.items()}
        posts, shared = sorted({post for post, _ in labels.values()}), set[tuple[str, int]]()
        with self.begin() as connection:
            for batch in batches(sorted({serial for _, serial in labels.values()})):
                repeated = (
                    select(cables.c.post, cables.c.serial)
                    .where(cables.c.post.in_(posts), cables.c.serial.in_(batch), self.visible())
                    .group_by(cables.c.post, cables.c.serial)
                    .having(func.count() > 1)
                )
                shared.update((row.post, row.serial) for row in connection.execute(repeated))
        return {cable_id for cable_id, label in labels.items() if label in shared}

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
        """The condition on `cables` that this reader may see some paragraph."""
        if self.reader.classes is None:
            return true()
        return exists().where(paragraphs.c.cable_id == cables.c.id, self.opens(paragraphs))

    def opens(self, table: Any) -> ColumnElement[bool]:
        """The condition on `paragraphs` that this reader may see them; on `cables`, that they may see their fields."""
        classes = self.reader.classes
        return true() if classes is None else table.c.access.in_(sorted(classes))

    def begin(self, writing: bool = False) -> AbstractContextManager[Connection]:
        """A transaction; `writing` where it reads before it writes."""
        return self._database.begin(writing)


def batches(items: list[Any]) -> Iterator[list[Any]]:
    """The items in lists that fit one statement."""
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]
