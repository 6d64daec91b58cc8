from dataclasses import replace
from datetime import UTC, datetime

import pytest

from rag.domain.cable import Cable, Recipient
from rag.domain.name_digest import NameDigest
from rag.domain.tombstone import Tombstone, without_withdrawn
from tests.rag.samples import make_cable

NAME = NameDigest.of("Ann Lee", "XXXX", "salt")


def stone(locator: str | None, name: NameDigest | None = None) -> Tombstone:
    return Tombstone("1", "08QUILL1", locator, "a reason", "Bo", datetime(2026, 11, 29, tzinfo=UTC), name)


@pytest.fixture
def cable() -> Cable:
    cable = make_cable("08QUILL1", "One of Ann Lee.", "Two of Ann Lee.", "Three.", subject="ON ANN LEE")
    paragraphs = tuple(replace(each, heading="Ann Lee") for each in cable.paragraphs)
    return replace(cable, paragraphs=paragraphs, signers=("ANN LEE",), recipients=(Recipient("to", "ANN LEE"),))


def test_a_tombstone_says_what_when_who_and_why() -> None:
    assert str(stone("2")) == "08QUILL1#2 was withdrawn on 2026-11-29 by Bo: a reason"
    assert stone(None).json() == {
        "key": "08QUILL1", "kind": "withdrawn", "reason": "a reason", "by": "Bo", "made": "2026-11-29T00:00:00Z",
        "replacement": None,
    }  # fmt: skip
    assert stone("2", NAME).json()["replacement"] == "XXXX"


def test_a_cable_without_tombstones_is_kept_as_it_is(cable: Cable) -> None:
    assert without_withdrawn(cable, []).cable is cable


def test_nothing_is_kept_of_a_withdrawn_cable(cable: Cable) -> None:
    kept = without_withdrawn(cable, [stone(None)])
    assert (kept.cable, kept.notes) == (None, (str(stone(None)),))


def test_a_withdrawn_paragraph_takes_the_summary_and_what_quotes_it_along(cable: Cable) -> None:
    cable = replace(cable, problems=("unread: 'one of ann lee'", "another"))
    kept = without_withdrawn(cable, [stone("1")])
    assert kept.cable is not None
    assert [each.number for each in kept.cable.paragraphs] == [2, 3]
    assert (kept.cable.summary, kept.cable.problems) == (None, ("another",))
    assert kept.notes == (str(stone("1")),)


def test_a_name_is_replaced_in_its_paragraph_alone(cable: Cable) -> None:
    kept = without_withdrawn(cable, [stone("2", NAME)]).cable
    assert kept is not None
    assert [each.text for each in kept.paragraphs] == ["One of Ann Lee.", "Two of XXXX.", "Three."]
    assert [each.heading for each in kept.paragraphs] == ["Ann Lee", "XXXX", "Ann Lee"]
    assert kept.paragraphs[1].layout == "Two of XXXX."
    assert (kept.subject, kept.signers) == ("ON ANN LEE", ("ANN LEE",))
    assert without_withdrawn(kept, [stone("2", NAME)]).cable == kept


def test_a_name_of_the_whole_cable_is_replaced_in_its_fields_too(cable: Cable) -> None:
    kept = without_withdrawn(cable, [stone(None, NAME)])
    assert "ann lee" not in str(kept.cable).lower()
    assert kept.notes == ("a redacted name was replaced",)


def test_where_a_copy_numbers_otherwise_the_name_is_replaced_wherever_it_is(cable: Cable) -> None:
    kept = without_withdrawn(cable, [stone("3", NAME)]).cable
    assert kept is not None
    assert [each.text for each in kept.paragraphs] == ["One of XXXX.", "Two of XXXX.", "Three."]


def test_a_redaction_of_a_paragraph_that_was_withdrawn_later_concerns_no_other(cable: Cable) -> None:
    kept = without_withdrawn(cable, [stone("2", NAME), stone("2")]).cable
    assert kept is not None
    assert [each.text for each in kept.paragraphs] == ["One of Ann Lee.", "Three."]


def test_a_paragraph_withdrawn_elsewhere(cable: Cable) -> None:
    copies = {"08QUILL1#3": "07QUILL9#1"}
    kept = without_withdrawn(cable, [], lambda each: copies.get(str(each.key)))
    assert kept.cable is not None and len(kept.cable.paragraphs) == 2
    assert kept.notes == ("08QUILL1#3 repeats 07QUILL9#1, which was withdrawn",)
