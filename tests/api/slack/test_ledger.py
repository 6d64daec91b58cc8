"""The record of questions, on both databases."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from api.slack.ledger import Job, Ledger, ledger_url
from api.slack.question import SlackQuestion
from rag.catalog.backup import restore_backup, write_backup
from rag.catalog.catalog import Catalog
from rag.catalog.manifest import SCHEMA_VERSION
from rag.catalog.tables import metadata
from rag.errors import CablesError
from rag.settings import Settings
from tests.api.slack.clock import Clock
from tests.processes import postgres

QUESTION = SlackQuestion("Ev1", "T1", "C1", "U1", "1.0", "1.0", "Does the lamp burn?")


@pytest.fixture(params=["sqlite", "postgresql"], scope="module")
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('ledger') / 'ledger.sqlite3'}"
    else:
        with postgres() as served:
            yield served


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(url: str, clock: Clock) -> Iterator[Ledger]:
    opened = Ledger(url, lease=10, now=clock)
    yield opened
    clock.time += 1e9
    for job in opened.overdue(100):
        opened.finish(job.question.id)
    opened.forget_old()
    clock.time += 1e9
    opened.forget_old()
    opened.close()


def test_a_question_is_claimed_once(ledger: Ledger) -> None:
    assert ledger.claim(QUESTION)
    assert not ledger.claim(QUESTION)
    assert not ledger.claim(replace(QUESTION, id="Ev2"))  # the same message under another event id
    assert ledger.claim(replace(QUESTION, id="Ev3", channel="C2"))


def test_claims_at_once_leave_one_winner(url: str, ledger: Ledger) -> None:
    with ThreadPoolExecutor(12) as pool:
        claimed = list(pool.map(ledger.claim, [replace(QUESTION, id=f"Ev{at}") for at in range(40)]))
    assert claimed.count(True) == 1


def test_a_question_whose_lease_ran_out_is_taken_over_once(ledger: Ledger, url: str, clock: Clock) -> None:
    ledger.claim(QUESTION)
    ledger.note_reply("Ev1", "2.0")
    assert ledger.overdue(9) == []
    clock.time += 8
    ledger.renew(["Ev1"])
    clock.time += 8
    assert ledger.overdue(9) == []
    clock.time += 8
    other = Ledger(url, lease=10, now=clock)
    assert other.overdue(9) == [Job(QUESTION, attempts=1, reply_ts="2.0")]
    assert ledger.overdue(9) == []
    other.defer("Ev1", 3)
    clock.time += 4
    assert [job.attempts for job in ledger.overdue(9)] == [2]
    ledger.finish("Ev1")
    clock.time += 99
    assert other.overdue(9) == [] and not other.claim(QUESTION)
    other.close()


def test_threads_with_answers_are_known_until_they_are_forgotten(ledger: Ledger, clock: Clock) -> None:
    ledger.claim(QUESTION)
    command = SlackQuestion("command-1", "T1", "C1", "U1", "command-1", None, "And at night?")
    ledger.claim(command)
    ledger.note_reply("command-1", "7.0")
    assert ledger.answers_in("T1", "C1", "1.0") and ledger.answers_in("T1", "C1", "7.0")
    assert not ledger.answers_in("T1", "C2", "1.0") and not ledger.answers_in("T1", "C1", "8.0")
    assert ledger.replies("C1") == {"7.0"}
    ledger.finish("Ev1")
    clock.time += 91 * 24 * 3600
    ledger.forget_old()
    assert not ledger.answers_in("T1", "C1", "1.0")
    assert ledger.answers_in("T1", "C1", "7.0")  # not answered yet: never forgotten


def test_the_ledger_is_in_the_catalog_or_beside_it(tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert str(ledger_url(Settings(store=store))) == f"sqlite:///{store / 'slack.sqlite3'}"
    (store / "catalog.sqlite3").touch()
    assert str(ledger_url(Settings(store=store))) == f"sqlite:///{store / 'catalog.sqlite3'}"
    assert ledger_url(Settings(store=store, catalog_url="postgresql://h/n")) == "postgresql://h/n"


def test_a_database_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    with pytest.raises(CablesError, match="CABLES_CATALOG_URL"):
        Ledger(f"sqlite:///{tmp_path / 'nowhere' / 'ledger.sqlite3'}")


def test_the_archive_does_not_know_the_table() -> None:
    assert "slack_questions" not in metadata.tables


def test_questions_outlive_a_backup_and_its_restoration(tmp_path: Path) -> None:
    url, copy = (f"sqlite:///{tmp_path / name}" for name in ("catalog.sqlite3", "copy.sqlite3"))
    with closing(Catalog(url)) as catalog, closing(Catalog(copy)) as other, closing(Ledger(url)) as ledger:
        catalog.set_manifest({"schema": SCHEMA_VERSION})
        assert ledger.claim(QUESTION)
        write_backup(catalog, tmp_path / "backup")
        restore_backup(tmp_path / "backup", catalog, {"model": "one"}, True, tmp_path)
        assert not ledger.claim(QUESTION)
        restore_backup(tmp_path / "backup", other, {"model": "one"}, True, tmp_path)
    with closing(Ledger(copy)) as fresh:
        assert fresh.claim(QUESTION)  # a backup holds the archive, not the bot's questions
