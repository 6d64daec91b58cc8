from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rag.domain.filters import Filters
from rag.errors import CablesError
from rag.index.published_lexical import LexicalSnapshots, PublishedLexicalIndex, PublishingLexicalIndex
from tests.rag.samples import make_cable
from tests.rag.store_files import holding


@pytest.fixture
def snapshots(tmp_path: Path) -> LexicalSnapshots:
    return LexicalSnapshots(tmp_path / "published")


@pytest.fixture
def publisher(tmp_path: Path, snapshots: LexicalSnapshots) -> PublishingLexicalIndex:
    return PublishingLexicalIndex(tmp_path / "lexical", snapshots)


def found(index: PublishedLexicalIndex, query: str) -> list[str]:
    return sorted(hit.key for hit in index.search(query, 100, Filters()))


def test_a_reader_swaps_to_what_is_published(snapshots: LexicalSnapshots, publisher: PublishingLexicalIndex) -> None:
    reader = PublishedLexicalIndex(snapshots)
    assert found(reader, "lantern") == [] and reader.document_frequency("lantern") == 0
    publisher.replace([make_cable("08QUILL1", "A lantern.")])
    assert found(reader, "lantern") == ["08QUILL1#1"]
    publisher.replace([make_cable("08QUILL1", "A bell."), make_cable("08QUILL2", "A lantern.")])
    assert found(reader, "lantern") == ["08QUILL2#1"]
    assert reader.document_frequency("bell") == 1 and reader.keys() == {"08QUILL1#1", "08QUILL2#1"}


def test_few_snapshots_are_kept(tmp_path: Path, snapshots: LexicalSnapshots, publisher: PublishingLexicalIndex) -> None:
    (tmp_path / "published" / "unfinished-3").mkdir(parents=True)  # of a publisher killed half-way
    for number in range(1, 7):
        publisher.replace([make_cable(f"08QUILL{number}", "A lantern.")])
    assert sorted(each.name for each in (tmp_path / "published").iterdir()) == ["4", "5", "6", "CURRENT"]
    assert len(found(PublishedLexicalIndex(snapshots), "lantern")) == 6


def test_after_a_rewrite_no_snapshot_holds_what_was_dropped(
    tmp_path: Path, snapshots: LexicalSnapshots, publisher: PublishingLexicalIndex
) -> None:
    reader = PublishedLexicalIndex(snapshots)
    publisher.replace([make_cable("08QUILL1", "A lantern."), make_cable("08QUILL2", "A bell.")])
    assert found(reader, "lantern") == ["08QUILL1#1"]
    publisher.replace([], ["08QUILL1"])
    publisher.rewrite([make_cable("08QUILL2", "A bell.")])
    assert holding(tmp_path, "lantern") == []
    assert (found(reader, "lantern"), found(reader, "bell"), reader.count()) == ([], ["08QUILL2#1"], 1)


def test_an_old_snapshot_stays_readable_while_newer_ones_come(
    snapshots: LexicalSnapshots, publisher: PublishingLexicalIndex
) -> None:
    """What a reader has seen once it sees at every later search, however fast the publisher is."""
    readers = [PublishedLexicalIndex(snapshots) for _ in range(3)]

    def read(number: int) -> list[int]:
        return [len(found(readers[number], "lantern")) for _ in range(150)]

    with ThreadPoolExecutor(3) as pool:
        counts = pool.map(read, range(3))
        for number in range(1, 31):
            publisher.replace([make_cable(f"08QUILL{number}", "A lantern.")])
        for series in counts:
            assert series == sorted(series)
    assert {len(found(reader, "lantern")) for reader in readers} == {30}


def test_a_broken_snapshot_is_told(tmp_path: Path, snapshots: LexicalSnapshots) -> None:
    (tmp_path / "published" / "1").mkdir(parents=True)
    (tmp_path / "published" / "CURRENT").write_text("1")
    with pytest.raises(CablesError, match="cannot be opened"):
        PublishedLexicalIndex(snapshots).search("lantern", 5, Filters())
