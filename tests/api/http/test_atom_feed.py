"""Atom documents of saved searches."""

from datetime import UTC, datetime
from xml.etree import ElementTree

from api.http.atom_feed import atom_feed
from rag.domain.filters import Filters
from rag.domain.watch import Watch
from rag.retrieval.scanner import ScanHit
from rag.retrieval.watcher import NewHit
from tests.rag.samples import make_cable

MADE = datetime(2024, 1, 1, tzinfo=UTC)
WATCH = Watch("5f3a", 'A & "B"\x00', '"a b"', Filters(), MADE, 0, 0)
NAMES = {"a": "http://www.w3.org/2005/Atom"}


def _read(document: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(document)  # noqa: S314 - our own


def test_what_atom_requires_is_there() -> None:
    cable = make_cable("08QUILL1", "A bell.", subject=None, day=None)
    came = datetime(2024, 2, 3, 4, 5, 6, tzinfo=UTC)
    document = atom_feed(
        WATCH, [NewHit(ScanHit(cable, cable.paragraphs[0], "A bell.", ()), came)], None, "https://c.example"
    )
    assert document.startswith(b"<?xml version='1.0' encoding='utf-8'?>")
    feed = _read(document)
    [entry] = feed.findall("a:entry", NAMES)
    assert feed.findtext("a:title", None, NAMES) == 'A & "B"\ufffd'
    assert feed.findtext("a:updated", None, NAMES) == entry.findtext("a:updated", None, NAMES) == "2024-02-03T04:05:06Z"
    assert (feed.findtext("a:author/a:name", None, NAMES), entry.findtext("a:title", None, NAMES)) == (
        "cables",
        "QUILL 1 ¶1",
    )
    ids = {each.findtext("a:id", "", NAMES) for each in (feed, entry)}
    assert len(ids) == 2 and all(each.startswith("urn:uuid:") for each in ids)
    link = entry.find("a:link", NAMES)
    assert link is not None and link.get("href") == "https://c.example/read/08QUILL1#p1"


def test_a_feed_of_nothing_was_updated_when_the_search_was_saved() -> None:
    feed = _read(atom_feed(WATCH, [], "The Archive", "https://c.example"))
    assert feed.findtext("a:updated", None, NAMES) == "2024-01-01T00:00:00Z"
    assert feed.findtext("a:author/a:name", None, NAMES) == "The Archive"
