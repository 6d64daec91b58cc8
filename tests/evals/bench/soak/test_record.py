from evals.bench.soak.invented_cable import InventedCable
from evals.bench.soak.record import SoakRecord


def test_a_change_is_uncertain_until_it_is_acknowledged() -> None:
    record, first, second = SoakRecord(), InventedCable(1), InventedCable(2)
    record.begin(first, second)
    assert record.uncertain == {first.id, second.id}
    record.ingested(first, second)
    record.begin(first)
    record.withdrew(first)
    assert (record.uncertain, set(record.held), set(record.withdrawn)) == (set(), {second.id}, {first.id})
