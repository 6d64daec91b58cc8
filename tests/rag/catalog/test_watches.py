"""Saved searches in the catalog."""

from datetime import UTC, date, datetime

import pytest

from rag.catalog.arrivals import Arrivals
from rag.catalog.catalog import Catalog
from rag.catalog.keys import Keys
from rag.catalog.watches import MOST_WATCHES, Watches, key_of_feed
from rag.catalog.withdrawals import Withdrawals
from rag.domain.access import Clearance
from rag.domain.filters import Filters
from rag.domain.marking import Level
from rag.domain.withdrawal import WithdrawalOrder
from rag.errors import BadInput, NotFound
from tests.rag.samples import make_cable

FILTERS = Filters.of(["Quill"], ["prel"], date(2008, 1, 1), None, ["secret"])


def test_a_search_is_kept_as_it_was_saved(catalog: Catalog) -> None:
    watches = Watches(catalog, "one", now=lambda: 86400.0)
    watch = watches.add('"fishing  quota*"', FILTERS, " Quotas ")
    assert (watch.name, watch.query, watch.filters) == ("Quotas", '"fishing quota*"', FILTERS)
    assert (watch.made, watch.since, watch.seen, watch.has_feed) == (datetime(1970, 1, 2, tzinfo=UTC), 0, 0, False)
    assert watches.all() == [watch] and watches.get(watch.id) == watch
    assert watches.add("ferry", Filters()).name == "ferry"


def test_each_key_has_its_own(catalog: Catalog) -> None:
    watch = Watches(catalog, "one").add("ferry", Filters())
    other = Watches(catalog, "two")
    assert other.all() == []
    for refused in (other.get, other.remove, other.see, other.open_feed):
        with pytest.raises(NotFound, match="no saved search"):
            refused(watch.id)
    Watches(catalog, "one").remove(watch.id)
    assert Watches(catalog, "one").all() == []


def test_what_was_seen_stays_seen_and_nothing_is_seen_that_did_not_come(catalog: Catalog) -> None:
    watches = Watches(catalog, "")
    watch = watches.add("lamp", Filters())
    catalog.put(make_cable("08QUILL1", "A lamp."))
    catalog.mark_indexed(["08QUILL1"])
    last = Arrivals(catalog).last()
    assert watches.see(watch.id, 5).seen == 5
    assert watches.see(watch.id, 3).seen == 5
    assert watches.see(watch.id, last + 100).seen == last
    assert watches.see(watch.id).seen == last
    assert watches.add("later", Filters()).seen == last


def test_the_token_of_a_feed_opens_it_until_the_next_one(catalog: Catalog) -> None:
    watches = Watches(catalog, "one")
    watch = watches.add("ferry", Filters())
    assert key_of_feed(catalog, watch.id, "") is None
    token = watches.open_feed(watch.id)
    assert key_of_feed(catalog, watch.id, token) == "one" and watches.get(watch.id).has_feed
    assert key_of_feed(catalog, watch.id, token + "x") is None
    assert key_of_feed(catalog, "nothing", token) is None
    newer = watches.open_feed(watch.id)
    assert [key_of_feed(catalog, watch.id, each) for each in (token, newer)] == [None, "one"]
    watches.remove(watch.id)
    assert key_of_feed(catalog, watch.id, newer) is None


def test_the_store_holds_no_token(catalog: Catalog) -> None:
    watches = Watches(catalog, "one")
    token = watches.open_feed(watches.add("ferry", Filters()).id)
    with catalog.begin() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM watches").all()
    assert token not in str(rows)


def test_a_key_that_is_revoked_takes_its_searches_along(catalog: Catalog) -> None:
    keys = Keys(catalog)
    one, other = (keys.find(keys.add(name, Clearance(Level.U))) for name in ("one", "other"))
    assert one and other
    for key in (one, other):
        Watches(catalog, key.id).add("ferry", Filters())
    keys.revoke("one")
    assert (Watches(catalog, one.id).all(), len(Watches(catalog, other.id).all())) == ([], 1)
    assert (keys.valid(one.id), keys.valid(other.id)) == (None, other)


def test_a_name_that_was_redacted_everywhere_is_in_no_saved_search(catalog: Catalog) -> None:
    for serial in (1, 2):
        catalog.put(make_cable(f"08QUILL{serial}", "Tilda Quist spoke."))
    watches = Watches(catalog, "")
    watches.add("ferry", Filters())
    watches.add('"tilda quist"', Filters(), "her")
    for serial, left in ((1, 2), (2, 1)):
        Withdrawals(catalog).carry_out(WithdrawalOrder(f"08QUILL{serial}", (), "why", None, "Tilda Quist", "XXXX"))
        assert len(watches.all()) == left


def test_a_withdrawn_text_is_quoted_in_no_saved_search(catalog: Catalog) -> None:
    catalog.put(make_cable("08QUILL1", "The lamp of the old pier went out at midnight."))
    watches = Watches(catalog, "")
    watches.add("lamp", Filters())
    watches.add('"the lamp of the old pier"', Filters())
    Withdrawals(catalog).carry_out(WithdrawalOrder("08QUILL1", ("1",), "why"))
    assert [watch.query for watch in watches.all()] == ["lamp"]


def test_there_are_bounds(catalog: Catalog) -> None:
    watches = Watches(catalog, "")
    with pytest.raises(BadInput, match="name has 201"):
        watches.add("ferry", Filters(), "x" * 201)
    assert len(watches.add("x" * 900, Filters()).name) == 200
    for _ in range(MOST_WATCHES - 1):
        watches.add("ferry", Filters())
    with pytest.raises(BadInput, match="remove one first"):
        watches.add("ferry", Filters())
