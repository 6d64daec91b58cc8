"""Cables of different ids with near-identical texts, linked in the catalog.

Each text is compared with the leaders of groups only: a cable joins the leader it resembles, or leads a new group. So
a thousand copies of one circular cost a thousand comparisons, whatever the size of the archive.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, insert, select, update

from rag.catalog.resemblance import SAME_TEXT, Shingles, bands, resemblance, shingles
from rag.catalog.tables import cable_leaders, leader_bands, paragraphs
from rag.domain.cable import Cable

_MOST_COMPARED = 20  # leaders; those that share most bands come first


def link(connection: Connection, cable: Cable) -> None:
    """Put a cable that was just written into the group of the text it repeats, or into one of its own."""
    cable_id = str(cable.id)
    grams = shingles("\n".join(paragraph.text for paragraph in cable.paragraphs))
    keys = bands(grams)
    leader = _leader(connection, grams, keys)
    if leader is not None:
        connection.execute(insert(cable_leaders), {"cable_id": cable_id, "leader": leader})
    else:
        _make_leader(connection, cable_id, keys)


def unlink(connection: Connection, cable_id: str) -> None:
    """Take a cable out of its group before it is removed; if it led the group, the next member becomes the leader."""
    connection.execute(delete(cable_leaders).where(cable_leaders.c.cable_id == cable_id))
    connection.execute(delete(leader_bands).where(leader_bands.c.leader == cable_id))
    members = _members(connection, cable_id)
    if not members:
        return
    leader = members[0]
    connection.execute(delete(cable_leaders).where(cable_leaders.c.cable_id == leader))
    connection.execute(update(cable_leaders).where(cable_leaders.c.leader == cable_id).values(leader=leader))
    _make_leader(connection, leader, bands(_shingles(connection, leader)))


def group_members(connection: Connection, cable_id: str) -> list[str]:
    """Ids of the other cables with the same text, sorted."""
    leader = leaders(connection, [cable_id]).get(cable_id, cable_id)
    return sorted({leader, *_members(connection, leader)} - {cable_id})


def leaders(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """The leader of each cable that is not its own, for at most 500 ids."""
    rows = connection.execute(select(cable_leaders).where(cable_leaders.c.cable_id.in_(ids)))
    return {row.cable_id: row.leader for row in rows}


def _members(connection: Connection, leader: str) -> list[str]:
    query = select(cable_leaders.c.cable_id).where(cable_leaders.c.leader == leader)
    return list(connection.scalars(query.order_by(cable_leaders.c.cable_id)))


def _leader(connection: Connection, grams: Shingles, keys: list[int]) -> str | None:
    candidates = (
        select(leader_bands.c.leader)
        .where(leader_bands.c.band.in_(keys))
        .group_by(leader_bands.c.leader)
        .order_by(func.count().desc(), leader_bands.c.leader)
        .limit(_MOST_COMPARED)
    )
    for leader in connection.scalars(candidates).all():
        if resemblance(grams, _shingles(connection, leader)) >= SAME_TEXT:
            return str(leader)
    return None


def _make_leader(connection: Connection, cable_id: str, keys: list[int]) -> None:
    if rows := [{"band": key, "leader": cable_id} for key in keys]:
        connection.execute(insert(leader_bands), rows)


def _shingles(connection: Connection, cable_id: str) -> Shingles:
    query = select(paragraphs.c.text).where(paragraphs.c.cable_id == cable_id).order_by(paragraphs.c.position)
    return shingles("\n".join(connection.scalars(query)))
