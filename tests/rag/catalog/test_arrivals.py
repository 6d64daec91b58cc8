"""When paragraphs came."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from rag.catalog.arrivals import Arrivals
from rag.catalog.catalog import Catalog
from rag.catalog.tables import arrivals
from rag.catalog.withdrawals import Withdrawals
from rag.domain.access import Clearance
from rag.domain.cable import Cable
from rag.domain.marking import Level
from rag.domain.withdrawal import WithdrawalOrder
from tests.rag.samples import make_cable

LAMP = make_cable("08QUILL1", "The lamp is lit.", ("U", "The bell rings."))


def _index(catalog: Catalog, *cables: Cable) -> int:
    """Put these cables, as if they were in the indexes then; returns the stamp before."""
    before = Arrivals(catalog).last()
    for cable in cables:
        catalog.put(cable)
    catalog.mark_indexed([str(cable.id) for cable in cables])
    return before


def _after(catalog: Catalog, stamp: int) -> list[str]:
    return [key for _, key in Arrivals(catalog).after(stamp)]


def test_a_paragraph_came_when_it_could_be_found(catalog: Catalog) -> None:
    catalog.put(LAMP)
    assert (Arrivals(catalog).last(), Arrivals(catalog).after(0)) == (0, [])
    before = _index(catalog)
    catalog.mark_indexed(["08QUILL1"])
    assert _after(catalog, before) == ["08QUILL1#1", "08QUILL1#2"]
    assert _after(catalog, Arrivals(catalog).last()) == []


def test_what_is_written_again_unchanged_is_not_new_and_a_changed_paragraph_is(catalog: Catalog) -> None:
    _index(catalog, LAMP)
    assert _after(catalog, _index(catalog, LAMP)) == []
    first, second = LAMP.paragraphs
    changed = replace(LAMP, paragraphs=(first, replace(second, text="The bell rang.")))
    assert _after(catalog, _index(catalog, changed)) == ["08QUILL1#2"]


def test_a_paragraph_with_another_marking_is_new(catalog: Catalog) -> None:
    _index(catalog, LAMP)
    first, second = LAMP.paragraphs
    opened = replace(LAMP, paragraphs=(replace(first, effective_marking="U"), second))
    assert _after(catalog, _index(catalog, opened)) == ["08QUILL1#1"]


def test_indexes_that_are_made_anew_bring_nothing_new(catalog: Catalog) -> None:
    _index(catalog, LAMP)
    last = Arrivals(catalog).last()
    catalog.begin_reindex({"renew": "yes"})
    catalog.mark_indexed(["08QUILL1"])
    assert _after(catalog, last) == []


def test_stamps_grow_though_the_clock_does_not(catalog: Catalog) -> None:
    _index(catalog, LAMP)
    ahead = Arrivals(catalog).last() + 10**9
    with catalog.begin() as connection:
        connection.execute(update(arrivals).values(stamp=ahead))
    _index(catalog, make_cable("08QUILL2", "Later."))
    assert Arrivals(catalog).after(ahead) == [(ahead + 1, "08QUILL2#1")]


def test_a_redaction_brings_nothing_new_and_a_withdrawn_paragraph_is_gone(catalog: Catalog) -> None:
    _index(catalog, LAMP)
    last = Arrivals(catalog).last()
    Withdrawals(catalog).carry_out(WithdrawalOrder("08QUILL1", (), "why", None, "lamp", "XXXX"))
    Withdrawals(catalog).carry_out(WithdrawalOrder("08QUILL1", ("2",), "why"))
    catalog.mark_indexed(["08QUILL1"])
    assert (_after(catalog, last), _after(catalog, 0)) == ([], ["08QUILL1#1"])


@pytest.mark.parametrize(("level", "seen"), [(Level.U, ["08QUILL1#2"]), (Level.C, ["08QUILL1#1", "08QUILL1#2"])])
def test_a_reader_is_told_of_what_they_may_see(catalog: Catalog, level: Level, seen: list[str]) -> None:
    _index(catalog, LAMP)
    reader = Arrivals(catalog.as_reader(Clearance(level)))
    assert [key for _, key in reader.after(0)] == seen
    _index(catalog, make_cable("08QUILL3", ("S", "Secret.")))
    assert reader.last() < Arrivals(catalog).last()
