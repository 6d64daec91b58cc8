"""The record of questions, on both databases."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from api.slack.ledger import Job, Ledger, ledger_url
from api.slack.question import Question
from rag.errors import CablesError
from rag.settings import Settings
from tests.processes import postgres

QUESTION = Question("Ev1", "T1", "C1", "U1", "1.0", "1.0", "Does the lamp burn?")


@dataclass
class Clock:
    time: float = 1000.0

    def __call__(self) -> float:
        return self.time


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
    assert not ledger.claim(replace(QUESTION, id="Ev2"))  # its twin
    assert ledger.claim(replace(QUESTION, id="Ev3", channel="C2"))


def test_claims_at_once(url: str, ledger: Ledger) -> None:
    with ThreadPoolExecutor(12) as pool:
        claimed = list(pool.map(ledger.claim, [replace(QUESTION, id=f"Ev{at}") for at in range(40)]))
    assert claimed.count(True) == 1


def test_what_nobody_works_on_is_taken_over_once(ledger: Ledger, url: str, clock: Clock) -> None:
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


def test_threads_it_answers_in(ledger: Ledger, clock: Clock) -> None:
    ledger.claim(QUESTION)
    command = Question("command-1", "T1", "C1", "U1", "command-1", None, "And at night?")
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


def test_where_it_is_kept(tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert ledger_url(Settings(store=store)) == f"sqlite:///{store / 'slack.sqlite3'}"
    (store / "catalog.sqlite3").touch()
    assert ledger_url(Settings(store=store)) == f"sqlite:///{store / 'catalog.sqlite3'}"
    assert ledger_url(Settings(store=store, catalog_url="postgresql://h/n")) == "postgresql://h/n"


def test_a_database_that_cannot_be_used(tmp_path: Path) -> None:
    with pytest.raises(CablesError, match="CABLES_CATALOG_URL"):
        Ledger(f"sqlite:///{tmp_path / 'nowhere' / 'ledger.sqlite3'}")
