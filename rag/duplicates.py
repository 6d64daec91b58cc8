"""Cables of different ids with near-identical texts, linked in the catalog.

Each text is compared with the leaders of groups only: a cable joins the leader it resembles, or leads a new group. So
a thousand copies of one circular cost a thousand comparisons, and the archive's size does not matter.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, insert, select, update

from rag.cable import Cable
from rag.resemblance import SAME_TEXT, Shingles, bands, resemblance, shingles
from rag.tables import cable_leaders, leader_bands, paragraphs

_MOST_COMPARED = 20  # leaders; those that share most bands come first


def link(connection: Connection, cable: Cable) -> None:
    """Find the group of a cable that was just written."""
    cable_id = str(cable.id)
    grams = shingles("\n".join(paragraph.text for paragraph in cable.paragraphs))
    keys = bands(grams)
    leader = _leader(connection, grams, keys)
    if leader is not None:
        connection.execute(insert(cable_leaders), {"cable_id": cable_id, "leader": leader})
    else:
        _lead(connection, cable_id, keys)


def unlink(connection: Connection, cable_id: str) -> None:
    """Take a cable out of its group before it is removed; the next of a group that it led becomes the leader."""
    connection.execute(delete(cable_leaders).where(cable_leaders.c.cable_id == cable_id))
    connection.execute(delete(leader_bands).where(leader_bands.c.leader == cable_id))
    heirs = _members(connection, cable_id)
    if not heirs:
        return
    heir = heirs[0]
    connection.execute(delete(cable_leaders).where(cable_leaders.c.cable_id == heir))
    connection.execute(update(cable_leaders).where(cable_leaders.c.leader == cable_id).values(leader=heir))
    _lead(connection, heir, bands(_text(connection, heir)))


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
    held: list[str] = list(connection.scalars(candidates))
    for leader in held:
        if resemblance(grams, _text(connection, leader)) >= SAME_TEXT:
            return leader
    return None


def _lead(connection: Connection, cable_id: str, keys: list[int]) -> None:
    if rows := [{"band": key, "leader": cable_id} for key in keys]:
        connection.execute(insert(leader_bands), rows)


def _text(connection: Connection, cable_id: str) -> Shingles:
    query = select(paragraphs.c.text).where(paragraphs.c.cable_id == cable_id).order_by(paragraphs.c.position)
    return shingles("\n".join(connection.scalars(query)))
