"""What a reader sees of a kept answer, as the archive and the reader's clearance change."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from rag.catalog.catalog import Catalog
from rag.catalog.kept_answers import KeptAnswers
from rag.catalog.reopening import NARROWER, reopen
from rag.domain.access import OWNER, Clearance
from rag.domain.answer import Answer
from rag.domain.answer_table import AnswerTable
from rag.domain.kept_answer import KeptAnswer, ReopenedAnswer
from rag.domain.marking import Level
from tests.rag.kept import ASKED, BELL, LAMP, answer_of
from tests.rag.samples import make_cable

CABLE = make_cable("08QUILL1", ("U", LAMP), BELL)
ONE, TWO = "08QUILL1#1", "08QUILL1#2"
LOW, HIGH = Clearance(Level.U), Clearance(Level.S)
BOTH = answer_of((ONE, LAMP), (TWO, BELL), ("08QUILL1", "Its subject is: A MATTER OF LIGHTHOUSES."))


@pytest.fixture
def keep(catalog: Catalog) -> Callable[[Answer, Clearance], KeptAnswer]:
    catalog.put(CABLE)

    def kept(answer: Answer, reader: Clearance) -> KeptAnswer:
        answers = KeptAnswers(catalog.as_reader(reader))
        return answers.get(str(answers.keep(answer, ASKED).id))

    return kept


def seen(opened: ReopenedAnswer) -> list[str]:
    return [sentence.citations[0] for sentence in opened.answer.sentences]


def test_to_the_same_reader_all_is_as_it_was(catalog: Catalog, keep: Callable[..., KeptAnswer]) -> None:
    for reader in (HIGH, OWNER):
        opened = reopen(kept := keep(BOTH, reader), catalog.as_reader(reader))
        assert (opened.answer, set(opened.statuses.values()), opened.withheld) == (kept.answer, {"unchanged"}, 0)
    fields = opened.json()
    assert fields["citations"][0]["status"] == "unchanged" and len(fields["citations"][0]["sha256"]) == 64
    assert (fields["id"], fields["by"], fields["asked"]["question"]) == (kept.answer.id, "owner", "who lit it")


def test_a_changed_paragraph_is_told_and_its_words_are_shown(catalog: Catalog, keep: Callable[..., KeptAnswer]) -> None:
    kept = keep(BOTH, HIGH)
    catalog.put(make_cable("08QUILL1", ("U", LAMP), "The bell rang once."))
    opened = reopen(kept, catalog.as_reader(HIGH))
    assert opened.statuses == {ONE: "unchanged", TWO: "changed", "08QUILL1": "unchanged"}
    assert opened.answer.quotes[1].quote == BELL and opened.withheld == 0


@pytest.mark.parametrize("how", ["absent", "classified"])
def test_what_is_not_there_and_what_may_not_be_seen_look_the_same(
    catalog: Catalog, keep: Callable[..., KeptAnswer], how: str
) -> None:
    kept = keep(answer_of((ONE, LAMP), (TWO, BELL)), HIGH)
    catalog.put(make_cable("08QUILL1", ("U", LAMP), *([("TS", BELL)] if how == "classified" else [])))
    opened = reopen(kept, catalog.as_reader(HIGH))
    assert opened.statuses == {ONE: "unchanged", TWO: "gone"} and opened.withheld == 1
    assert BELL not in str(opened.json()) and LAMP in opened.answer.text
    assert opened.answer.retrieved == (ONE,)


def test_a_narrower_reader_sees_what_rests_on_what_they_may_see(
    catalog: Catalog, keep: Callable[..., KeptAnswer]
) -> None:
    table = AnswerTable(("cable", "subject"), (("08QUILL1", "A MATTER OF LIGHTHOUSES"),), True, "a rule")
    kept = keep(replace(BOTH, table=table, unanswered=("the bell",)), HIGH)
    opened = reopen(kept, catalog.as_reader(LOW))
    assert opened.statuses == {ONE: "unchanged", TWO: "gone", "08QUILL1": "changed"}
    assert seen(opened) == [ONE] and opened.withheld == 2
    fields = opened.json()
    assert "LIGHTHOUSES" not in str(fields) and BELL not in str(fields)
    assert (fields["question"], fields["reason"], fields["table"]) == ("who lit it", NARROWER, None)
    assert (fields["searched"], fields["filters"], fields["unanswered"]) == ({}, [], [])


def test_a_narrower_reader_sees_no_older_words_of_a_changed_paragraph(
    catalog: Catalog, keep: Callable[..., KeptAnswer]
) -> None:
    kept = keep(answer_of((TWO, BELL)), HIGH)
    catalog.put(make_cable("08QUILL1", ("U", LAMP), ("U", "The bell of [redacted] rang.")))
    assert seen(reopen(kept, catalog.as_reader(HIGH))) == [TWO]
    assert seen(reopen(kept, catalog.as_reader(LOW))) == []


def test_fields_that_were_classified_since_are_left_out(catalog: Catalog, keep: Callable[..., KeptAnswer]) -> None:
    kept = keep(BOTH, HIGH)
    catalog.put(replace(CABLE, classification="TOP SECRET"))
    opened = reopen(kept, catalog.as_reader(HIGH))
    assert opened.statuses["08QUILL1"] == "changed" and seen(opened) == [ONE, TWO]


def test_a_table_without_what_may_not_be_seen_now(catalog: Catalog, keep: Callable[..., KeptAnswer]) -> None:
    rows = tuple((f"08QUILL{n}", "2008-08-28", f"SUBJECT {n}") for n in (1, 2, 3))
    kept = keep(answer_of(table=AnswerTable(("cable", "date", "subject"), rows, True, "a rule")), HIGH)
    catalog.put(make_cable("08QUILL2", ("U", "A lamp."), classification="TOP SECRET"))
    table = reopen(kept, catalog.as_reader(HIGH)).answer.table
    assert table is not None and not table.complete
    assert table.rows == (rows[0], ("08QUILL2", "2008-08-28", None), ("08QUILL3", None, None))
    assert reopen(keep(kept.answer, HIGH), catalog.as_reader(OWNER)).answer.table != kept.answer.table
