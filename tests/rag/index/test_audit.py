"""Every kind of difference between the catalog and the indexes is reported and repaired."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.archive import Archive
from rag.catalog.cable_rows import write_cable
from rag.domain.cable import Cable
from rag.domain.withdrawal import WithdrawalOrder
from rag.errors import CablesError
from rag.index.audit import Audit
from rag.index.repair import mark_for_repair
from rag.index.window_entries import Entry, Window
from rag.settings import Settings
from tests.rag.samples import make_cable

LONG = "The lamp keeper counted every barrel of oil on the quay before the tide turned. " * 30
CABLES = [
    make_cable("08QUILL1", "A lantern was lit on the rock.", LONG),
    make_cable("08QUILL2", "The ferry is late again.", "Nobody minds."),
    make_cable("08QUILL3", "A tariff on grain.", subject="GRAIN", tags=("ETRD",)),
]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(Settings(store=tmp_path / "store"), create=True) as opened:
        for cable in CABLES:
            opened.catalog.put(cable)
        opened.index_pending()
        yield opened


def found(audit: Audit) -> list[tuple[str, str, str]]:
    return [(each.index, each.what, each.entry) for each in audit.differences]


def entries(archive: Archive, cable: Cable) -> list[Entry]:
    windows = archive.indexes.vectors.entries.of([cable])
    return list(zip(windows, archive.embeddings.encode([each.text for each in windows]), strict=True))


def repair(archive: Archive) -> int:
    done = mark_for_repair(archive.catalog, archive.indexes, archive.audit())
    archive.index_pending()
    assert archive.audit().agrees
    return done


def test_a_whole_archive_agrees(archive: Archive) -> None:
    audit = archive.audit()
    assert audit.agrees and found(audit) == []
    assert (audit.cables, audit.paragraphs) == (3, 5)
    assert audit.windows == archive.indexes.vectors.count() > 5
    assert audit.encoder is not None and audit.encoder > 0.99


def test_a_lost_window_of_a_long_paragraph(archive: Archive) -> None:
    archive.indexes.vectors.drop(["08QUILL1#2/1"])
    assert found(archive.audit()) == [("vectors", "missing", "08QUILL1#2/1")]
    assert repair(archive) == 1


def test_a_window_too_many(archive: Archive) -> None:
    kept = entries(archive, CABLES[1])
    (window, vector) = kept[0]
    more = Window("08QUILL2#1/7", window.text, window.metadata)
    archive.indexes.vectors.replace(["08QUILL2"], [*kept, (more, vector)])
    assert found(archive.audit()) == [
        ("vectors", "without a paragraph", "08QUILL2#1/7"),
        ("flat vectors", "without a paragraph", "08QUILL2#1/7"),
    ]
    assert repair(archive) == 1


def test_paragraphs_lost_from_the_words(archive: Archive) -> None:
    archive.indexes.lexical.replace([], ["08QUILL2"])
    assert found(archive.audit()) == [("words", "missing", "08QUILL2#1"), ("words", "missing", "08QUILL2#2")]
    assert repair(archive) == 1


def test_a_cable_changed_behind_the_indexes(archive: Archive) -> None:
    archive.catalog.put(make_cable("08QUILL3", "A tariff on grain and on salt.", subject="GRAIN", tags=("ETRD",)))
    archive.catalog.mark_indexed(["08QUILL3"])
    assert found(archive.audit()) == [
        ("vectors", "out of date", "08QUILL3#1/0"),
        ("words", "out of date", "08QUILL3#1"),
    ]
    assert repair(archive) == 1
    assert archive.search("salt")[0].text == "A tariff on grain and on salt."


def test_tags_changed_behind_the_indexes(archive: Archive) -> None:
    archive.catalog.put(make_cable("08QUILL3", "A tariff on grain.", subject="GRAIN", tags=("EAGR",)))
    archive.catalog.mark_indexed(["08QUILL3"])
    assert {each.what for each in archive.audit().differences} == {"out of date"}
    repair(archive)
    ((fields, _),) = archive.indexes.vectors.flat.stored(["08QUILL3"]).values()
    assert "tag:EAGR" in fields and "tag:ETRD" not in fields  # nothing of the old is left


def test_cables_the_catalog_does_not_have(archive: Archive) -> None:
    stranger = make_cable("08QUILL9", "Of another archive.")
    archive.indexes.replace([stranger], entries(archive, stranger))
    assert found(archive.audit()) == [
        ("vectors", "without a paragraph", "08QUILL9#1/0"),
        ("flat vectors", "without a paragraph", "08QUILL9#1/0"),
        ("words", "without a paragraph", "08QUILL9#1"),
    ]
    assert repair(archive) == 0


def test_a_vector_that_is_none(archive: Archive) -> None:
    held = [(window, vector * 3) for window, vector in entries(archive, CABLES[1])]
    archive.indexes.vectors.remove(["08QUILL2"])  # else the vectors of the same texts would stay
    archive.indexes.vectors.replace(["08QUILL2"], held)
    assert {each.what for each in archive.audit().differences} == {"unreadable"}
    assert repair(archive) == 1


def test_vectors_of_another_encoder(archive: Archive) -> None:
    for cable in CABLES:
        reversed_ = [(window, vector[::-1].copy()) for window, vector in entries(archive, cable)]
        archive.indexes.vectors.remove([str(cable.id)])
        archive.indexes.vectors.replace([str(cable.id)], reversed_)
    audit = archive.audit()
    assert not audit.agrees and not audit.same_encoder and audit.differences == []
    with pytest.raises(CablesError, match="cables rebuild --all"):
        mark_for_repair(archive.catalog, archive.indexes, audit)


def test_a_broken_off_ingest_is_waiting_not_wrong(archive: Archive) -> None:
    archive.catalog.put(make_cable("08QUILL4", "Not indexed yet."))
    audit = archive.audit()
    assert not audit.agrees and audit.unindexed == ["08QUILL4"] and audit.differences == []
    assert archive.search("Not indexed yet") and "08QUILL4#1" not in [
        each.key for each in archive.search("not indexed yet")
    ]
    assert repair(archive) == 1
    assert archive.search("Not indexed yet")[0].key == "08QUILL4#1"


def test_what_was_withdrawn_and_came_back_is_found_and_taken_out(archive: Archive) -> None:
    held = entries(archive, CABLES[1])
    archive.withdraw(WithdrawalOrder("08QUILL2", ("1",), "a reason"))
    assert archive.audit().agrees
    with archive.catalog.begin(writing=True) as connection:  # behind the back of all that keeps it out
        write_cable(connection, CABLES[1])
    archive.indexes.replace([CABLES[1]], held)
    archive.catalog.mark_indexed(["08QUILL2"])
    audit = archive.audit()
    assert audit.withdrawn == ["08QUILL2"] and not audit.agrees
    assert found(audit) == [
        ("vectors", "withdrawn", "08QUILL2#1/0"),
        ("flat vectors", "withdrawn", "08QUILL2#1/0"),
        ("words", "withdrawn", "08QUILL2#1"),
    ]
    assert repair(archive) == 1
    cable = archive.catalog.cable("08QUILL2")
    assert cable is not None and [each.number for each in cable.paragraphs] == [2]
