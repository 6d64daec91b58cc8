from typing import Any

import pytest

from api.http import browsing_service as service
from rag.archive import Archive
from rag.catalog.listing import ListingFilters
from rag.domain.access import OWNER, Clearance
from rag.domain.marking import Level
from rag.errors import BadInput, NotFound
from rag.scoped_archive import ScopedArchive


@pytest.fixture
def everything(sample: Archive) -> ScopedArchive:
    return sample.as_reader(OWNER)


def test_pages_of_cables_follow_each_other(everything: ScopedArchive) -> None:
    first = service.list_cables(everything, ListingFilters(), 5)
    second = service.list_cables(everything, ListingFilters(), 5, first["next"])
    ids = [cable["id"] for page in (first, second) for cable in page["cables"]]
    assert len(ids) == len(set(ids)) == 10


def paragraphs(archive: ScopedArchive) -> list[dict[str, Any]]:
    ids = archive.catalog.ids()
    return [paragraph for cable_id in ids for paragraph in service.read_cable(archive, cable_id)["paragraphs"]]


def test_a_cable_has_what_the_reader_may_see(sample: Archive, everything: ScopedArchive) -> None:
    shown = paragraphs(sample.as_reader(Clearance(Level.U)))
    assert {paragraph["effective_marking"] for paragraph in shown} == {"U"}
    assert 0 < len(shown) < len(paragraphs(everything))


def test_a_paragraph_is_read_and_its_neighbours_in_meaning_are_others(everything: ScopedArchive) -> None:
    assert service.read_paragraph(everything, "08OSTERMERE71", "1")["key"] == "08OSTERMERE71#1"
    similar = service.similar_paragraphs(everything, "08OSTERMERE71", "1", 3)
    assert len(similar) == 3 and "08OSTERMERE71#1" not in {paragraph.key for paragraph in similar}


def test_a_citation_is_resolved_in_the_spelling_typed(everything: ScopedArchive) -> None:
    resolved = service.resolve_citation(everything, "ostermere 71 para 1")["resolved"]
    assert resolved["key"] == "08OSTERMERE71#1"


def test_what_is_not_there_or_no_id_is_refused(everything: ScopedArchive) -> None:
    with pytest.raises(NotFound):
        service.open_cable(everything, "08OSTERMERE9999")
    with pytest.raises(BadInput):
        service.open_cable(everything, "no id")
