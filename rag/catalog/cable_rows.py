"""Cables written as rows of the catalog, and removed, within a transaction of the caller."""

import hashlib
import json
import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from rag.catalog.arrivals import held_arrivals, keep_arrivals
from rag.catalog.catalog_reader import NEW
from rag.catalog.duplicates import link, unlink
from rag.catalog.manifest import CONTENT
from rag.catalog.tables import cable_references, cable_tags, cables, manifest, paragraphs
from rag.domain.access import access_class, header_class
from rag.domain.cable import Cable
from rag.domain.cable_json import cable_json

INDEXED, REPLACED = 1, 2  # states of a cable beside NEW: in both indexes; in both as it was, to be indexed again


def lock_cables(connection: Connection) -> None:
    """Begin a transaction that writes cables: no other writes any meanwhile, so that none misses a tombstone.

    SQLite has one writer anyway; PostgreSQL sees what was written before it had the lock.
    """
    if connection.dialect.name != "sqlite":
        connection.exec_driver_sql("LOCK TABLE cables IN SHARE ROW EXCLUSIVE MODE")


def write_cable(connection: Connection, cable: Cable, redacted: bool = False) -> None:
    """Write a cable in place of any with its id, marked as not indexed.

    With `redacted` it only lost words: none of its paragraphs is new, though its text differs.
    """
    cable_id = str(cable.id)
    held = held_arrivals(connection, cable_id)
    fields = cable_json(cable)
    del fields["paragraphs"], fields["duplicates"]
    state = connection.scalar(select(cables.c.indexed).where(cables.c.id == cable_id))
    remove_cable(connection, cable_id)
    row = _cable_row(cable, fields) | {"indexed": NEW if state in (None, NEW) else REPLACED}
    connection.execute(insert(cables), row)
    if rows := _paragraph_rows(cable):
        connection.execute(insert(paragraphs), rows)
        keep_arrivals(connection, held, rows, redacted)
    if cable.references:
        targets = [
            {"cable_id": cable_id, "position": position, "target": target}
            for position, target in enumerate(cable.references)
        ]
        connection.execute(insert(cable_references), targets)
    if tags := dict.fromkeys(cable.tags):
        connection.execute(insert(cable_tags), [{"cable_id": cable_id, "tag": tag} for tag in tags])
    link(connection, cable)


def remove_cable(connection: Connection, cable_id: str) -> None:
    """Remove a cable with all that is its own; one that is not there is none to remove."""
    unlink(connection, cable_id)
    connection.execute(delete(cables).where(cables.c.id == cable_id))
    write_manifest(connection, {CONTENT: uuid.uuid4().hex})


def write_manifest(connection: Connection, values: Mapping[str, str]) -> None:
    """Write manifest entries, replacing those of the same name."""
    connection.execute(delete(manifest).where(manifest.c.name.in_(list(values))))
    connection.execute(insert(manifest), [{"name": name, "value": value} for name, value in values.items()])


def fingerprint(cable: Cable) -> str:
    """SHA-256 of a cable's content: everything but where it came from."""
    content = cable_json(cable)
    for name in ("source", "variants", "duplicates", "problems"):
        del content[name]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _cable_row(cable: Cable, fields: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": str(cable.id),
        "post": cable.id.post,
        "post_name": cable.post,
        "serial": cable.id.serial,
        "seconds": None if cable.date is None else int(cable.date.timestamp()),
        "classification": cable.classification,
        "access": header_class(cable),
        "fields": fields,
        "fingerprint": fingerprint(cable),
    }


def _paragraph_rows(cable: Cable) -> list[dict[str, Any]]:
    return [
        {
            "key": str(paragraph.key),
            "cable_id": str(cable.id),
            "position": position,
            "marking": paragraph.marking,
            "effective_marking": paragraph.effective_marking,
            "access": access_class(paragraph.effective_marking),
            "heading": paragraph.heading,
            "heading_marking": paragraph.heading_marking,
            "text": paragraph.text,
            "layout": paragraph.layout,
        }
        for position, paragraph in enumerate(cable.paragraphs)
    ]
