"""What an answer cites, as one reader sees it now: digests by which a later change is noticed."""

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from sqlalchemy import select

from rag.catalog.catalog_reader import CatalogReader, batches
from rag.catalog.tables import cables
from rag.domain.access import header_class
from rag.domain.cable import Cable
from rag.domain.cable_json import cable_json
from rag.domain.paragraph_key import locator_of

_NOT_CONTENT = ("label", "summary_key", "source", "variants", "duplicates", "paragraphs", "problems")


@dataclass(frozen=True, slots=True)
class CitedSource:
    """A paragraph or a cable that the reader may see: SHA-256 of its text or of its fields.

    `is_open` is off for a cable of whose fields they see only id, post and date.
    """

    digest: str
    is_open: bool = True


def cited_sources(catalog: CatalogReader, keys: Iterable[str]) -> dict[str, CitedSource]:
    """The sources with these keys of paragraphs and ids of cables; what the reader may not see is left out."""
    keys = list(keys)
    found = {
        key: CitedSource(hashlib.sha256(paragraph.text.encode()).hexdigest())
        for key, (_, paragraph) in catalog.paragraphs([key for key in keys if locator_of(key)]).items()
    }
    for cable in catalog.cables(key for key in keys if not locator_of(key)):
        is_open = catalog.reader.opens(header_class(cable))  # a hidden classification is none, which opens to nobody
        found[str(cable.id)] = CitedSource(_digest_of_fields(cable), is_open)
    return found


def readable(catalog: CatalogReader, keys: Collection[str]) -> dict[str, bool]:
    """Those of the keys and ids that the reader may see; False for a cable of which they see only id, post and date."""
    found = dict.fromkeys(catalog.paragraphs([key for key in keys if locator_of(key)]), True)
    with catalog.begin() as connection:
        for batch in batches([key for key in keys if not locator_of(key)]):
            query = select(cables.c.id, cables.c.access).where(cables.c.id.in_(batch), catalog.visible())
            found |= {row.id: catalog.reader.opens(row.access) for row in connection.execute(query)}
    return found


def _digest_of_fields(cable: Cable) -> str:
    fields = cable_json(replace(cable, paragraphs=()))
    for name in _NOT_CONTENT:
        del fields[name]
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()
