from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.catalog.catalog import Catalog
from rag.catalog.lookup import parse_citation
from rag.catalog.tombstones import Tombstones, copied, pasted, salt_of
from rag.catalog.withdrawals import Withdrawals
from rag.domain.cable import Cable
from rag.domain.withdrawal import WithdrawalOrder
from tests.rag.samples import make_cable

ONE = "The harbour master hid the ledgers of the dredging company in a herring barrel."
TWO = "The lighthouse committee met on Monday and voted to paint the tower white again."
COMMON = "Minimize considered."


def cable(cable_id: str = "08QUILL1") -> Cable:
    return make_cable(cable_id, ONE, TWO, COMMON)


def withdraw(catalog: Catalog, *locators: str, name: str | None = None) -> None:
    Withdrawals(catalog).carry_out(WithdrawalOrder("08QUILL1", locators, "a reason", None, name, "XXXX"))


@pytest.fixture
def catalog(catalog: Catalog) -> Catalog:
    catalog.put(cable())
    return catalog


def test_a_withdrawn_cable_stays_out_under_any_id(catalog: Catalog) -> None:
    withdraw(catalog)
    assert not catalog.put(cable())
    assert not catalog.put(cable("09QUILL7"))
    assert catalog.kept(cable("09QUILL7")).notes == ("it repeats 08QUILL1, which was withdrawn",)
    assert catalog.ids() == []


def test_a_cable_that_shares_a_paragraph_with_a_withdrawn_one_comes_in_whole(catalog: Catalog) -> None:
    withdraw(catalog)
    other = make_cable("09QUILL7", ONE, "Something else that is long enough to be recognised again.", COMMON)
    assert catalog.put(other) and catalog.cable("09QUILL7") == other


def test_a_withdrawn_paragraph_stays_out_under_any_key(catalog: Catalog) -> None:
    withdraw(catalog, "1")
    catalog.put(cable())
    catalog.put(make_cable("09QUILL7", TWO, ONE, COMMON))
    keys = [str(each.key) for one in catalog.ids() if (held := catalog.cable(one)) for each in held.paragraphs]
    assert keys == ["08QUILL1#2", "08QUILL1#3", "09QUILL7#1", "09QUILL7#3"]


def test_a_copy_that_the_archive_held_already_may_stay(catalog: Catalog) -> None:
    other = cable("09QUILL7")
    catalog.put(other)
    withdraw(catalog, "1")
    assert catalog.kept(other).cable is other
    withdraw(catalog)
    assert catalog.put(other) and catalog.ids() == ["09QUILL7"]


def test_a_redacted_name_is_replaced_again(catalog: Catalog) -> None:
    withdraw(catalog, "1", name="harbour master")
    assert catalog.put(cable())
    held = catalog.cable("08QUILL1")
    assert held is not None and held.paragraphs[0].text == ONE.replace("harbour master", "XXXX")


def test_what_is_lifted_comes_back_with_the_next_copy(catalog: Catalog) -> None:
    withdraw(catalog)
    assert [stone.key for stone in Tombstones(catalog).lift("08QUILL1")] == ["08QUILL1"]
    assert catalog.put(cable()) and catalog.ids() == ["08QUILL1"]
    assert Tombstones(catalog).all() == [] == Tombstones(catalog).lift("08QUILL1")


def test_why_something_is_not_there(catalog: Catalog) -> None:
    withdraw(catalog, "1")
    withdraw(catalog, "2", name="committee")
    stones = Tombstones(catalog)
    found = [stones.of("08QUILL1", locator) for locator in ("1", "2", None)]
    assert [stone and stone.key for stone in found] == ["08QUILL1#1", None, None]
    assert stones.meant(parse_citation("QUILL 1")) is None
    withdraw(catalog)
    whole = stones.meant(parse_citation("quill 1"))
    assert whole is not None and whole.key == "08QUILL1"
    assert stones.of("08QUILL1", "3") == whole and stones.meant(parse_citation("07 QUILL 1")) is None


def test_the_same_again_replaces_the_tombstone(catalog: Catalog) -> None:
    withdraw(catalog, "2", name="committee")
    catalog.put(cable())
    with catalog.begin(writing=True) as connection:
        assert len(salt_of(connection)) == 64 and salt_of(connection) == salt_of(connection)
    assert len(Tombstones(catalog).all()) == 1


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Catalog]:
    with Catalog(f"sqlite:///{tmp_path / 'other.sqlite3'}") as opened:
        yield opened


def test_tombstones_of_another_store_keep_out_there_too(catalog: Catalog, other: Catalog) -> None:
    withdraw(catalog, "1")
    withdraw(catalog, "2", name="committee")
    with catalog.begin() as source, other.begin(writing=True) as target:
        rows = copied(source)
        assert pasted(target, rows) == pasted(target, rows) == ["08QUILL1"]
    other.put(cable("09QUILL7"))
    other.put(cable())
    texts = [each.text for one in other.ids() if (held := other.cable(one)) for each in held.paragraphs]
    assert texts == [TWO.replace("committee", "XXXX"), COMMON, TWO, COMMON]
