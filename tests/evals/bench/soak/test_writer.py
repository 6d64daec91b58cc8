import threading
from pathlib import Path

import pytest

from evals.bench.soak.invented_cable import InventedCable
from evals.bench.soak.record import SoakRecord
from evals.bench.soak.traffic import Traffic
from evals.bench.soak.writer import Writer
from tests.evals.bench.soak.archive import FakeArchive, FakeCommands


@pytest.fixture
def archive() -> FakeArchive:
    return FakeArchive()


@pytest.fixture
def record() -> SoakRecord:
    return SoakRecord()


def writer(tmp_path: Path, archive: FakeArchive, record: SoakRecord, commands: FakeCommands) -> Writer:
    inspection = archive.inspection(record)
    return Writer(commands, tmp_path / "inbox", inspection, Traffic(), record, 0.0, threading.Event(), 0.0)


def test_ingests_and_withdrawals_are_recorded_and_looked_up(
    tmp_path: Path, archive: FakeArchive, record: SoakRecord
) -> None:
    def ingest() -> str:
        for serial in (1, 2):
            archive.cables[InventedCable(serial).id] = InventedCable(serial)
        return ""

    def withdraw() -> str:
        archive.cables.pop(commands.calls[-1][1])
        return ""

    commands = FakeCommands({"ingest": ingest, "withdraw": withdraw})
    works = writer(tmp_path, archive, record, commands)
    works.ingest()
    works.withdraw()
    assert (len(record.held), len(record.withdrawn), works.findings) == (1, 1, [])
    assert len(list((tmp_path / "inbox").iterdir())) == 2


def test_a_command_that_broke_off_is_run_again(tmp_path: Path, archive: FakeArchive, record: SoakRecord) -> None:
    outcomes = iter([None, None, ""])
    works = writer(tmp_path, archive, record, FakeCommands({"ingest": lambda: next(outcomes)}))
    works.ingest()
    assert sorted(record.held) == ["06SOAKPOINT1", "06SOAKPOINT2"]
    assert works.findings == [f"06SOAKPOINT{serial}: lost write, answered 410" for serial in (1, 2)]


def test_what_is_never_acknowledged_stays_uncertain(tmp_path: Path, archive: FakeArchive, record: SoakRecord) -> None:
    works = writer(tmp_path, archive, record, FakeCommands({"ingest": lambda: None}))
    works.ingest()
    assert (len(record.uncertain), record.held) == (2, {})
    assert "failed 20 times" in works.findings[0]


def test_nothing_is_concluded_while_the_service_is_down(
    tmp_path: Path, archive: FakeArchive, record: SoakRecord
) -> None:
    traffic = Traffic()
    commands = FakeCommands({"ingest": lambda: ""})
    works = Writer(commands, tmp_path, archive.inspection(record), traffic, record, 0.0, threading.Event(), 0.0)
    with traffic.outage():
        works.ingest()
    assert (len(record.held), works.findings) == (2, [])
