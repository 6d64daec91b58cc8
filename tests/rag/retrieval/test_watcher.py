"""What is new to saved searches."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from rag.archive import Archive
from rag.catalog.watches import Watches
from rag.domain.access import OWNER, Clearance
from rag.domain.cable import Cable
from rag.domain.filters import Filters
from rag.domain.marking import Level
from rag.domain.watch import Watch
from rag.domain.withdrawal import WithdrawalOrder
from rag.retrieval.watcher import Watcher
from rag.settings import Settings
from tests.rag.samples import make_cable

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@pytest.fixture
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive(Settings(store=tmp_path_factory.mktemp("watched")), create=True) as archive:
        _ingest(archive, make_cable("08QUILL1", "A bell.", "A lamp."))
        yield archive


def _ingest(archive: Archive, *cables: Cable) -> None:
    for cable in cables:
        archive.catalog.put(cable)
    archive.index_pending()


def _watcher(archive: Archive, reader: Clearance = OWNER) -> Watcher:
    scoped = archive.as_reader(reader)
    return Watcher(scoped.catalog, scoped.scanner)


def _watch(archive: Archive, query: str = "bell", filters: Filters = Filters()) -> Watch:  # noqa: B008 - it is frozen
    return Watches(archive.catalog, "").add(query, filters)


def _new(archive: Archive, watch: Watch, reader: Clearance = OWNER) -> list[str]:
    watcher = _watcher(archive, reader)
    shown = watcher.new(watch, 10)
    [count] = watcher.counts([watch])
    assert count.new == shown.page.totals.total
    return sorted(hit.key for hit in shown.page.hits)


def test_only_what_came_since_is_new(archive: Archive) -> None:
    bell, lamp, other_post = _watch(archive), _watch(archive, "lamp"), _watch(archive, "bell", Filters.of(["ROOK"]))
    assert _new(archive, bell) == []
    _ingest(archive, make_cable("08QUILL2", "No lamp.", "The bell."), make_cable("08QUILL1", "A bell.", "A lamp bell."))
    assert _new(archive, bell) == ["08QUILL1#2", "08QUILL2#2"]
    assert (_new(archive, lamp), _new(archive, other_post)) == (["08QUILL1#2", "08QUILL2#1"], [])
    mark = _watcher(archive).new(bell, 1).mark
    _ingest(archive, make_cable("08QUILL3", "Bell and lamp."))
    seen = Watches(archive.catalog, "").see(bell.id, mark)
    assert _new(archive, seen) == ["08QUILL3#1"]
    assert [each.new for each in _watcher(archive).counts([seen, lamp])] == [1, 3]


def test_pages_follow_each_other(archive: Archive) -> None:
    bell = _watch(archive)
    _ingest(archive, make_cable("08QUILL2", "Bell.", "Bell.", "Bell."))
    first = _watcher(archive).new(bell, 2)
    rest = _watcher(archive).new(bell, 2, first.page.next)
    assert [hit.key for hit in (*first.page.hits, *rest.page.hits)] == [f"08QUILL2#{n}" for n in (1, 2, 3)]
    assert first.json()["watch"]["new"] == first.json()["total"] == 3


def test_a_reader_is_counted_what_they_may_see(archive: Archive) -> None:
    bell = _watch(archive)
    _ingest(archive, make_cable("08QUILL2", ("S", "Bell."), ("U", "Bell.")))
    assert _new(archive, bell, Clearance(Level.U)) == ["08QUILL2#2"]
    assert [each.hit.key for each in _watcher(archive, Clearance(Level.U)).latest(bell, 9, LONG_AGO)] == ["08QUILL2#2"]


def test_what_was_withdrawn_vanishes(archive: Archive) -> None:
    bell = _watch(archive)
    _ingest(archive, make_cable("08QUILL2", "Bell.", "Another bell, and a horn."))
    archive.withdraw(WithdrawalOrder("08QUILL2", ("1",), "why"))
    assert _new(archive, bell) == ["08QUILL2#2"]
    archive.withdraw(WithdrawalOrder("08QUILL2", (), "why"))
    assert (_new(archive, bell), _watcher(archive).latest(bell, 9, LONG_AGO)) == ([], [])


def test_words_near_each_other_are_looked_for_among_the_new_alone(archive: Archive) -> None:
    near = _watch(archive, '"bell rope tower"~5')
    _ingest(archive, make_cable("08QUILL2", "The tower has a rope for its bell.", "A bell."))
    assert _new(archive, near) == ["08QUILL2#1"]


def test_the_latest_come_first_seen_or_not(archive: Archive) -> None:
    bell = _watch(archive)
    for serial in (9, 3):
        _ingest(archive, make_cable(f"08QUILL{serial}", "Bell."))
    Watches(archive.catalog, "").see(bell.id)
    latest = _watcher(archive).latest(bell, 9, LONG_AGO)
    assert [each.hit.key for each in latest] == ["08QUILL3#1", "08QUILL9#1"]
    assert latest[0].came > latest[1].came
    assert [each.hit.key for each in _watcher(archive).latest(bell, 1, LONG_AGO)] == ["08QUILL3#1"]
    assert _watcher(archive).latest(bell, 9, datetime(2100, 1, 1, tzinfo=UTC)) == []


def test_a_search_that_cannot_be_run_any_more_says_so(archive: Archive) -> None:
    broken = _watch(archive, "a*")
    _ingest(archive, make_cable("08QUILL2", "Bell."))
    [count] = _watcher(archive).counts([broken])
    assert count.new is None and "after two letters" in str(count.json()["problem"])
    assert _watcher(archive).counts([]) == []
