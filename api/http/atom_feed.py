"""New hits of a saved search as an Atom feed (RFC 4287)."""

import re
from collections.abc import Sequence
from uuid import NAMESPACE_OID, uuid5
from xml.etree import ElementTree

from rag.domain.cable_json import iso_utc
from rag.domain.reader_url import reader_url
from rag.domain.watch import Watch
from rag.retrieval.watcher import NewHit

ATOM = "application/atom+xml"
_NAMESPACE = "http://www.w3.org/2005/Atom"
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 cannot hold


def atom_feed(watch: Watch, hits: Sequence[NewHit], archive: str | None, address: str) -> bytes:
    """The feed as a document in UTF-8: one entry a paragraph, in the order given.

    `archive` is the archive's name, `address` that of the service. The id of an entry is made of the saved search and
    the paragraph key, so a paragraph that comes again in other words is the same entry, updated.
    """
    feed = ElementTree.Element("feed", xmlns=_NAMESPACE)
    _add(feed, "id", _urn(watch.id))
    _add(feed, "title", watch.name)
    _add(feed, "subtitle", f"New paragraphs with {watch.query}")
    _add(feed, "updated", str(iso_utc(max((hit.came for hit in hits), default=watch.made))))
    _add(ElementTree.SubElement(feed, "author"), "name", archive or "cables")
    for new in hits:
        hit = new.hit.json()
        entry = ElementTree.SubElement(feed, "entry")
        _add(entry, "id", _urn(f"{watch.id} {hit['key']}"))
        _add(entry, "title", " · ".join(filter(None, (hit["citation"], (hit["date"] or "")[:10], hit["subject"]))))
        _add(entry, "updated", str(iso_utc(new.came)))
        ElementTree.SubElement(entry, "link", rel="alternate", href=reader_url(address, hit["key"]))
        _add(entry, "summary", hit["snippet"])
    document: bytes = ElementTree.tostring(feed, "utf-8", xml_declaration=True)
    return document


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = _NO_XML.sub("\ufffd", text)


def _urn(name: str) -> str:
    return uuid5(NAMESPACE_OID, name).urn
