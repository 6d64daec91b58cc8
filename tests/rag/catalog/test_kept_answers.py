"""Kept answers in SQLite and PostgreSQL."""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from rag.catalog.catalog import Catalog
from rag.catalog.kept_answers import KeptAnswers
from rag.catalog.keys import Keys
from rag.catalog.withdrawals import Withdrawals
from rag.domain.access import OWNER, Clearance
from rag.domain.filters import Filters
from rag.domain.kept_answer import KeptQuestion
from rag.domain.marking import Level
from rag.domain.withdrawal import WithdrawalOrder
from rag.errors import BadInput, NotFound
from tests.processes import postgres
from tests.rag.kept import ASKED, BELL, LAMP, answer_of
from tests.rag.samples import make_cable

LOW = Clearance(Level.U)
SECONDS = count(1_200_000_000)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def catalog(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalog]:
    if request.param == "postgresql":
        with postgres() as url, Catalog(url) as opened:
            yield opened
    else:
        with Catalog(f"sqlite:///{tmp_path_factory.mktemp('kept') / 'catalog.sqlite3'}") as opened:
            yield opened


@pytest.fixture(scope="module")
def key_ids(catalog: Catalog) -> list[str]:
    catalog.put(make_cable("08QUILL1", ("U", LAMP), BELL))
    keys = Keys(catalog)
    return [keys.add(name, LOW).split("_")[1] for name in ("ada", "bob")]


def kept_by(catalog: Catalog, key_id: str | None) -> KeptAnswers:
    clock: Callable[[], int] = lambda: next(SECONDS) * 1_000_000_000  # noqa: E731 - one second a call
    return KeptAnswers(catalog.as_reader(LOW if key_id else OWNER), key_id, clock)


def test_an_answer_comes_back_as_it_was_made(catalog: Catalog, key_ids: list[str]) -> None:
    asked = KeptQuestion("who lit it", Filters.of(["Quill"], date_from=date(2008, 1, 2)), frozenset(("date",)))
    made = answer_of(("08QUILL1#1", LAMP), ("08QUILL1", "It is of Quill."))
    answer = kept_by(catalog, key_ids[0]).keep(made, asked, "for chapter 3")
    kept = kept_by(catalog, key_ids[0]).get(str(answer.id))
    assert answer.id and kept.answer.id == answer.id
    assert kept.answer.json() | {"trace": {}} == answer.json() | {"trace": {}}
    assert kept.answer.trace["index"].keys() == {"model", "adapted", "parser", "schema"}
    assert (kept.asked, kept.note, kept.by, kept.clearance) == (asked, "for chapter 3", "ada", LOW)
    assert kept.digests.keys() == {"08QUILL1#1", "08QUILL1"} and len(kept.digests["08QUILL1#1"]) == 64
    assert kept.kept.year == 2008


def test_only_the_key_that_kept_it_sees_it_and_the_owner(catalog: Catalog, key_ids: list[str]) -> None:
    made = kept_by(catalog, key_ids[0]).keep(answer_of(("08QUILL1#1", LAMP)), ASKED)
    other, owner, kept_id = kept_by(catalog, key_ids[1]), kept_by(catalog, None), str(made.id)
    for refused in (other.get, other.delete, lambda kept_id: other.set_note(kept_id, "mine")):
        with pytest.raises(NotFound, match="no kept answer"):
            refused(kept_id)
    assert other.page(10).answers == ()
    assert owner.get(kept_id).by == "ada"
    of_owner = str(owner.keep(answer_of(), ASKED).id)
    assert owner.get(of_owner).by == "owner"
    with pytest.raises(NotFound):
        kept_by(catalog, key_ids[0]).get(of_owner)
    owner.delete(of_owner)


@pytest.mark.parametrize("kept_id", ["", "x" * 16, "0" * 16, "\0", "0" * 15 + "\n"])
def test_an_id_of_nothing(catalog: Catalog, key_ids: list[str], kept_id: str) -> None:
    with pytest.raises(NotFound, match="no kept answer"):
        kept_by(catalog, None).get(kept_id)


def test_pages_begin_with_the_latest(catalog: Catalog, key_ids: list[str]) -> None:
    kept = kept_by(catalog, key_ids[1])
    made = [str(kept.keep(answer_of(question=f"Number {number}?"), ASKED).id) for number in range(5)]
    first = kept.page(2)
    second = kept.page(2, first.next)
    third = kept.page(2, second.next)
    assert [each.answer.id for page in (first, second, third) for each in page.answers] == made[::-1]
    assert third.next is None and first.answers[0].listed(LOW)["question"] == "Number 4?"
    for wrong in ("x", f"{'9' * 30}-{'a' * 16}", "1-2"):
        with pytest.raises(BadInput, match="not a cursor"):
            kept.page(2, wrong)
    for each in made:
        kept.delete(each)
    assert kept.page(2).answers == ()


def test_a_note_is_changed(catalog: Catalog, key_ids: list[str]) -> None:
    kept = kept_by(catalog, key_ids[0])
    kept_id = str(kept.keep(answer_of(), ASKED, "as it was").id)
    kept.set_note(kept_id, " as it\0 is ")
    assert kept.get(kept_id).note == "as it is"
    with pytest.raises(BadInput, match="the most is 2,000"):
        kept.set_note(kept_id, "a" * 2001)


def test_an_answer_of_before_a_withdrawal_is_kept_without_it(tmp_path: Path) -> None:
    with Catalog(f"sqlite:///{tmp_path / 'catalog.sqlite3'}") as catalog:
        catalog.put(make_cable("08QUILL1", LAMP, BELL))
        Withdrawals(catalog).carry_out(WithdrawalOrder("08QUILL1", ("2",), "a reason"))
        Withdrawals(catalog).carry_out(WithdrawalOrder("08QUILL1", ("1",), "a reason", None, "Ann Lee", "XXXX"))
        kept = KeptAnswers(catalog)
        kept_id = str(kept.keep(answer_of(("08QUILL1#1", LAMP), ("08QUILL1#2", BELL)), ASKED, "Ann Lee!").id)
        found = kept.get(kept_id)
        assert [each.text for each in found.answer.sentences] == [LAMP.replace("Ann Lee", "XXXX")]
        assert (found.note, found.asked.question, found.digests) == ("XXXX!", "who lit it", {})
        kept.set_note(kept_id, "Was it Ann Lee?")
        assert kept.get(kept_id).note == "Was it XXXX?"
