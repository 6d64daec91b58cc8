from collections.abc import Callable

import pytest

from evals.bench.soak.invented_cable import InventedCable
from evals.bench.soak.record import SoakRecord
from tests.evals.bench.soak.archive import READER, FakeArchive

BUNDLED, HELD, CHANGED, GONE = (InventedCable(1), InventedCable(2), InventedCable(3, 1), InventedCable(4))


@pytest.fixture
def archive() -> FakeArchive:
    return FakeArchive({BUNDLED.id: BUNDLED})


@pytest.fixture
def record(archive: FakeArchive) -> SoakRecord:
    """What the archive acknowledged, all of which it holds."""
    record = SoakRecord()
    archive.inspection(record).note_bundled()
    record.ingested(HELD, CHANGED, GONE)
    record.withdrew(GONE)
    record.kept, record.feedback, record.keys, record.revoked = ["answer"], ["verdict"], {"ada": "key of ada"}, ["old"]
    archive.cables |= {HELD.id: HELD, CHANGED.id: CHANGED}
    archive.kept, archive.feedback, archive.keys = {"answer"}, ["verdict"], {READER, "key of ada"}
    return record


def test_an_archive_that_holds_what_it_acknowledged_is_sound(archive: FakeArchive, record: SoakRecord) -> None:
    assert record.bundled.keys() == {BUNDLED.id}
    assert archive.inspection(record).findings() == []


@pytest.mark.parametrize(
    ("break_it", "told"),
    [
        (lambda archive: archive.cables.pop(HELD.id), f"{HELD.id}: lost write, answered 410"),
        (lambda archive: archive.cables.pop(HELD.id), "the archive has 2 cables, not 3"),
        (
            lambda archive: archive.cables.update({CHANGED.id: InventedCable(3)}),
            f"{CHANGED.id}: lost write, an earlier",
        ),
        (lambda archive: archive.unfound.add(HELD.id), f"{HELD.id}: 0 of 4 paragraphs are found by words"),
        (lambda archive: archive.cables.update({GONE.id: GONE}), f"{GONE.id}: withdrawn, and there again"),
        (lambda archive: archive.cables.update({"other": GONE}), f"{GONE.id}: withdrawn, and found by words"),
        (lambda archive: archive.cables.update({BUNDLED.id: HELD}), f"{BUNDLED.id}: its words changed"),
        (lambda archive: archive.kept.clear(), "kept answer answer is lost"),
        (lambda archive: archive.feedback.clear(), "feedback verdict is lost"),
        (lambda archive: archive.keys.discard("key of ada"), "the key ada is lost"),
        (lambda archive: archive.keys.add("old"), "a revoked key is accepted"),
    ],
)
def test_a_loss_is_detected(
    archive: FakeArchive, record: SoakRecord, break_it: Callable[[FakeArchive], object], told: str
) -> None:
    break_it(archive)
    assert any(line.startswith(told) for line in archive.inspection(record).findings())


def test_a_change_that_was_not_acknowledged_may_be_there_or_not(archive: FakeArchive, record: SoakRecord) -> None:
    record.begin(HELD, InventedCable(9))
    del archive.cables[HELD.id]
    assert archive.inspection(record).findings() == []
