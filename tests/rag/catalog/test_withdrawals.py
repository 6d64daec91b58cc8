from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import JSON, Text

from rag.catalog.cable_rows import fingerprint
from rag.catalog.catalog import Catalog, LedgerEntry
from rag.catalog.lookup import open_citation, open_paragraph
from rag.catalog.manifest import ERASE
from rag.catalog.suggestions import resolve
from rag.catalog.tables import metadata
from rag.catalog.tombstones import Tombstones
from rag.catalog.withdrawals import Withdrawals, enforce
from rag.domain.access import Clearance
from rag.domain.marking import Level
from rag.domain.withdrawal import WithdrawalOrder
from rag.errors import BadInput, NotFound, Withdrawn
from tests.rag.samples import make_cable

TEXT = "The harbour master hid the ledgers of the dredging company in a herring barrel."


@pytest.fixture
def catalog(catalog: Catalog) -> Iterator[Catalog]:
    whole = make_cable("08QUILL1", TEXT, "Ann Lee was there.", source="a.txt")
    catalog.put(whole, LedgerEntry("a.txt", "08QUILL1", fingerprint(whole), "added", 2))
    catalog.add_to_ledger(LedgerEntry("b.txt", "08QUILL1", "of another copy", "duplicate", 2))
    catalog.put(make_cable("08QUILL2", TEXT, "Ann Lee and others.", references=("08QUILL1",)))
    catalog.put(make_cable("08QUILL3", "No more."))
    yield catalog


def order(*locators: str, reason: str = "a reason", name: str | None = None) -> WithdrawalOrder:
    return WithdrawalOrder("08QUILL1", locators, reason, "Bo", name, "XXXX")


def test_what_is_left_is_as_if_it_had_never_been_there(catalog: Catalog) -> None:
    withdrawals = Withdrawals(catalog, lambda: 1_000_000_000.0)
    withdrawals.note_backup("/old.backup")
    done = withdrawals.carry_out(order())
    assert (done.keys, done.elsewhere) == (("08QUILL1#1", "08QUILL1#2"), ("08QUILL2#1",))
    assert (done.sources, [each.path for each in done.backups]) == (("a.txt", "b.txt"), ["/old.backup"])
    assert catalog.ids() == ["08QUILL2", "08QUILL3"]
    assert (catalog.size().cables, catalog.ledger_entries("08QUILL1")) == (2, {})
    assert (catalog.posts(), catalog.referring("08QUILL1")) == ({"QUILL": "QUILL"}, ["08QUILL2"])
    assert catalog.duplicates_of(["08QUILL1", "08QUILL2"]) == {"08QUILL1": "08QUILL1", "08QUILL2": "08QUILL2"}
    assert ERASE in catalog.manifest()
    assert Tombstones(catalog).all()[0].made.year == 2001


def test_the_ledger_keeps_no_digest_of_what_was_taken_out(catalog: Catalog) -> None:
    Withdrawals(catalog).carry_out(order("2", name="Ann Lee"))
    held = catalog.cable("08QUILL1")
    assert held is not None
    entries = catalog.ledger_entries("08QUILL1")
    assert (entries["a.txt"].fingerprint, entries["b.txt"].fingerprint) == (fingerprint(held), "")


def test_the_owner_is_told_that_it_was_withdrawn_and_nobody_else(catalog: Catalog) -> None:
    Withdrawals(catalog).carry_out(order("2"))
    others = catalog.as_reader(Clearance(Level.TS, noforn=True, nodis=True, exdis=True))
    with pytest.raises(Withdrawn, match=r"08QUILL1#2 was withdrawn on .* by Bo: a reason"):
        open_paragraph(catalog, "08QUILL1", "2")
    with pytest.raises(NotFound, match="there is no QUILL 1 ¶2; the cable has paragraphs 1 to 1"):
        open_paragraph(others, "08QUILL1", "2")
    with pytest.raises(Withdrawn):
        resolve(catalog, "QUILL 1 ¶2")
    Withdrawals(catalog).carry_out(order())
    for opening in (open_citation, resolve):
        with pytest.raises(Withdrawn, match="08QUILL1 was withdrawn"):
            opening(catalog, "QUILL 1")
    with pytest.raises(NotFound, match=r"^the archive holds no cable QUILL 1$"):
        open_citation(others, "QUILL 1")
    assert resolve(others, "QUILL 1").meant is None


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (order(reason=" "), "a reason has 1 to 500 characters"),
        (order("x"), "not a paragraph number"),
        (order("7"), "there is no QUILL 1 ¶7"),
        (order("1", name="Ann Lee"), "08QUILL1#1 does not hold that name"),
        (order(name="Nobody Such"), "08QUILL1 does not hold that name"),
    ],
)
def test_orders_that_change_nothing(catalog: Catalog, wrong: WithdrawalOrder, message: str) -> None:
    with pytest.raises((BadInput, NotFound), match=message):
        Withdrawals(catalog).carry_out(wrong)
    assert Tombstones(catalog).all() == [] and ERASE not in catalog.manifest()
    assert catalog.cable("08QUILL1") is not None


def test_what_came_back_is_taken_out_again(catalog: Catalog) -> None:
    Withdrawals(catalog).carry_out(order("2", name="Ann Lee"))
    with catalog.begin(writing=True) as connection:
        assert enforce(connection, ["08QUILL1", "08QUILL2", "08QUILL9"]) == []


HOLD_TEXT = {
    "cables": {"fields", "fingerprint"},
    "paragraphs": {"text", "layout", "heading"},
    "feedback": {"question", "reason", "answer", "citations"},
    "ledger": {"fingerprint"},
    "kept_answers": {"note", "asked", "answer", "digests"},
    "watches": {"name", "query"},
}
"""Columns with words of cables, or digests of them: withdrawals take care of these."""
HOLD_NONE = {
    "manifest": {"name", "value"},
    "cables": {"id", "post", "post_name", "classification", "access"},
    "paragraphs": {"key", "cable_id", "marking", "effective_marking", "access", "heading_marking"},
    "cable_references": {"cable_id", "target"},
    "cable_tags": {"cable_id", "tag"},
    "cable_leaders": {"cable_id", "leader"},
    "leader_bands": {"leader"},
    "ledger": {"source", "cable_id", "outcome"},
    "tombstones": {"id", "cable_id", "locator", "reason", "author", "salt", "digest", "replacement"},
    "withdrawn_texts": {"digest", "tombstone", "key"},
    "backups": {"path"},
    "keys": {"id", "name", "digest", "level"},
    "feedback": {"id", "verdict"},
    "kept_answers": {"id", "key_id", "clearance"},
    "arrivals": {"key"},
    "watches": {"id", "key_id", "filters", "feed"},
}


def test_every_column_with_text_is_accounted_for() -> None:
    """A new table with words of cables must be emptied of them by a withdrawal, and then stands in the list above."""
    columns = {
        table.name: {column.name for column in table.columns if isinstance(column.type, Text | JSON)}
        for table in metadata.sorted_tables
    }
    assert columns == {name: HOLD_TEXT.get(name, set()) | HOLD_NONE[name] for name in columns}


def test_an_order_given_again_changes_nothing(catalog: Catalog) -> None:
    withdrawals = Withdrawals(catalog)
    elsewhere = {
        order("2", name="Ann Lee"): ("08QUILL2#2",),
        order("1"): ("08QUILL2#1",),
        order(): (),
    }
    for number, each in enumerate(elsewhere, 1):
        first = withdrawals.carry_out(each)
        assert not first.already and first.elsewhere == elsewhere[each]
        for given in list(elsewhere)[:number]:
            stones = Tombstones(catalog).all()
            again = withdrawals.carry_out(given)
            assert again.already and again.cable_id == "08QUILL1" and again.elsewhere == elsewhere[given]
            assert Tombstones(catalog).all() == stones
    assert withdrawals.carry_out(order("7")).keys == ("08QUILL1",)


def test_another_order_for_what_is_gone_is_refused(catalog: Catalog) -> None:
    withdrawals = Withdrawals(catalog)
    withdrawals.carry_out(order("1"))
    with pytest.raises(NotFound):
        withdrawals.carry_out(order("1", "7"))
    with pytest.raises(NotFound, match="does not hold that name"):
        withdrawals.carry_out(order(name="Bo Li"))
    withdrawals.carry_out(order(name="Ann Lee"))
    for other in (order("9", name="Ann Lee"), replace(order(name="Ann Lee"), replacement="YYYY")):
        with pytest.raises(NotFound):
            withdrawals.carry_out(other)
    withdrawals.carry_out(order())
    with pytest.raises(Withdrawn):
        withdrawals.carry_out(order(name="Bo Li"))
