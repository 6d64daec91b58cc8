"""Scanning an archive: every hit, page by page."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from rag.archive import Archive
from rag.domain.access import Clearance
from rag.domain.filters import Filters
from rag.domain.marking import Level
from rag.errors import BadInput
from rag.query.scan_reader import read_scan
from rag.retrieval.scanner import Scanner
from rag.settings import Settings
from tests.rag.samples import make_cable

BELL = read_scan("bell")
CABLES = [
    make_cable("07QUILL1", *(f"The bell of pier {number} rang." for number in range(1, 13)), day=None),
    make_cable("08QUILL1", "A Bell.", ("U", "No bell, and a béll-rope."), ("S", "The bell is gold.")),
    make_cable("08ROOK2", "A bell in September.", day=datetime(2008, 9, 1, tzinfo=UTC), classification="SECRET"),
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive(Settings(store=tmp_path_factory.mktemp("scanned")), create=True) as archive:
        for cable in CABLES:
            archive.catalog.put(cable)
        archive.indexes.lexical.replace(CABLES)
        yield archive


@pytest.fixture
def scanner(archive: Archive) -> Scanner:
    return Scanner(archive.catalog, archive.indexes.lexical)


def test_pages_hold_every_hit_once_undated_ones_last(scanner: Scanner) -> None:
    keys, cursor = list[str](), None
    while True:
        page = scanner.page(BELL, Filters(), 3, cursor)
        assert page.totals.total == 16 and page.totals.undated == 12
        keys += [hit.key for hit in page.hits]
        if (cursor := page.next) is None:
            break
    dated = ["08QUILL1#1", "08QUILL1#2", "08QUILL1#3", "08ROOK2#1"]
    assert keys == [*dated, *(f"07QUILL1#{number}" for number in range(1, 13))]
    assert [hit.key for batch in scanner.batches(BELL, Filters()) for hit in batch] == keys


def test_a_hit_shows_each_match_in_words_of_the_paragraph(scanner: Scanner) -> None:
    hit = scanner.page(BELL, Filters(), 2).hits[1].json()
    assert hit == {
        "key": "08QUILL1#2",
        "citation": "08 QUILL 1 ¶2",
        "date": "2008-08-28T13:37:00Z",
        "subject": "A MATTER OF LIGHTHOUSES",
        "snippet": "No bell, and a béll-rope.",
        "spans": [[3, 7], [15, 19]],
    }


def test_totals_are_lists_of_values_with_counts(scanner: Scanner) -> None:
    shown = scanner.page(BELL, Filters(posts=frozenset({"ROOK"})), 5).json()
    assert shown["by_month"] == [{"value": "2008-09", "count": 1}]
    assert shown["by_post"] == [{"value": "ROOK", "count": 1}]
    assert (shown["total"], shown["undated"], shown["next"]) == (1, 0, None)


def test_a_reader_is_shown_neither_paragraphs_nor_subjects_they_may_not_see(archive: Archive) -> None:
    reader = Clearance(Level.U)
    page = Scanner(archive.catalog.as_reader(reader), archive.indexes.lexical.as_reader(reader)).page(
        BELL, Filters(), 9
    )
    assert [hit.key for hit in page.hits] == ["08QUILL1#2"] and page.totals.total == 1
    assert page.hits[0].json()["subject"] is None


def test_a_paragraph_that_was_just_withdrawn_is_left_out(archive: Archive) -> None:
    index = archive.indexes.lexical
    gone = make_cable("09WREN1", "Ring the gong.")
    index.replace([gone])
    try:
        assert Scanner(archive.catalog, index).page(read_scan("gong"), Filters(), 9).hits == ()
    finally:
        index.replace([], [str(gone.id)])


@pytest.mark.parametrize("cursor", ["", "x", "é", "MTIz", "MSB4", "-" * 100])
def test_a_cursor_that_no_page_gave_is_refused(scanner: Scanner, cursor: str) -> None:
    with pytest.raises(BadInput, match="not a cursor"):
        scanner.page(BELL, Filters(), 3, cursor)
