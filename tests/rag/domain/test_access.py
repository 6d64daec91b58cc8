"""Who may see what."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.domain.access import DENIED, OWNER, Clearance, access_class, header_class, redacted
from rag.domain.cable import Recipient
from rag.domain.marking import Level, at_or_above, effective_marking
from rag.domain.paragraph_key import Locator
from rag.index.context import context_of
from tests.rag.samples import make_cable

U, SBU, C, S, TS = (Clearance(level) for level in Level)
CLEARANCES = [Clearance(level, *grants) for level in Level for grants in product((False, True), repeat=3)]
MARKINGS = ["U", "SBU", "FOUO", "C", "S", "TS"]
CAVEATS = ["NF", "NOFORN", "REL USA AUS", "NODIS", "EXDIS", "STADIS", "LIMDIS", "ORCON", "WNINTEL"]


@pytest.mark.parametrize(
    ("marking", "seen_by"),
    [
        ("U", {U, SBU, C, S, TS}),
        ("SBU", {SBU, C, S, TS}),
        ("FOUO", {SBU, C, S, TS}),
        ("C", {C, S, TS}),
        ("S", {S, TS}),
        ("TS", {TS}),
        ("C/NF", set()),
        ("C/REL USA AUS", set()),
        ("S/NODIS", set()),
        ("C/EXDIS", set()),
        (None, set()),
        ("", set()),
        ("COSMIC", set()),
        ("S/WNINTEL", set()),
        ("C/REL USA/WNINTEL", set()),
    ],
)
def test_levels(marking: str | None, seen_by: set[Clearance]) -> None:
    assert {each for each in (U, SBU, C, S, TS) if each.may_see(marking)} == seen_by


@pytest.mark.parametrize(
    ("marking", "reader"),
    [
        ("C/NF", Clearance(Level.C, noforn=True)),
        ("C/REL USA GBR", Clearance(Level.C, noforn=True)),
        ("S/NF/NODIS", Clearance(Level.S, noforn=True, nodis=True)),
        ("SBU/EXDIS", Clearance(Level.SBU, exdis=True)),
        ("S/REL USA NODIS", Clearance(Level.S, noforn=True, nodis=True)),
    ],
)
def test_each_grant_is_needed(marking: str, reader: Clearance) -> None:
    assert reader.may_see(marking)
    without = (replace(reader, noforn=False), replace(reader, nodis=False), replace(reader, exdis=False))
    assert not any(less.may_see(marking) for less in without if less != reader)
    if reader.level > Level.U:
        assert not replace(reader, level=Level(reader.level - 1)).may_see(marking)


@pytest.mark.parametrize("caveat", ["STADIS", "LIMDIS", "ORCON", "PROPIN", "RD", "FRD", "WNINTEL", "rumour", "NODIS/X"])
def test_a_caveat_without_a_grant_is_denied_to_every_key(caveat: str) -> None:
    assert not any(reader.may_see("U", [caveat]) for reader in CLEARANCES)
    assert OWNER.may_see("U", [caveat])


@given(st.sampled_from(MARKINGS), st.lists(st.sampled_from(CAVEATS), max_size=3))
def test_who_sees_more_marked_text_sees_less_marked_text(level: str, caveats: list[str]) -> None:
    marking = effective_marking(None, level, caveats)
    for reader in CLEARANCES:
        if reader.may_see(marking):
            assert reader.may_see(level)
            assert reader.may_see(effective_marking(None, level, caveats[1:]))
            assert reader.may_see(level, caveats)
            assert all(more.may_see(marking) for more in CLEARANCES if _covers(more, reader))


@given(*(st.builds(effective_marking, st.none(), st.sampled_from(MARKINGS), st.lists(st.sampled_from(CAVEATS), max_size=2)) for _ in "12"))  # fmt: skip
def test_what_is_indexed_with_a_paragraph_is_for_all_its_readers(own: str | None, other: str | None) -> None:
    if at_or_above(own, other):
        assert all(reader.may_see(other) for reader in CLEARANCES if reader.may_see(own))


@given(st.text(max_size=12))
def test_a_class_is_one_of_few(marking: str) -> None:
    everything = Clearance(Level.TS, True, True, True).classes
    assert everything is not None and len(everything) == 40
    assert access_class(marking) in everything | {DENIED}


def _covers(more: Clearance, less: Clearance) -> bool:
    grants = ("noforn", "nodis", "exdis")
    return more.level >= less.level and all(getattr(more, each) >= getattr(less, each) for each in grants)


SECRET = replace(
    make_cable("08QUILL12", ("U", "Open."), ("C", "Closed."), ("S", "Hidden."), classification="SECRET"),
    caveats=("NOFORN",),
    dtg="O 281337Z AUG 08",
    origin="Embassy Quill",
    references=("07QUILL9",),
    classified_by=("DCM A. Person",),
    signers=("PERSON",),
    recipients=(Recipient("to", "SECSTATE WASHDC"),),
    summary=Locator(3),
    source="secret-name.txt",
    variants=("other-name.txt",),
    problems=("paragraph 3 has two numbers",),
)


def test_a_cable_is_for_readers_of_some_paragraph() -> None:
    assert header_class(SECRET) == "S/NF"
    seen = redacted(SECRET, U)
    assert seen is not None
    assert [paragraph.text for paragraph in seen.paragraphs] == ["Open."]
    assert (seen.id, seen.post, seen.date) == (SECRET.id, SECRET.post, SECRET.date)
    withheld = replace(seen, paragraphs=(), date=None)
    assert withheld == type(SECRET)(SECRET.id, SECRET.post, ())
    assert redacted(replace(SECRET, paragraphs=SECRET.paragraphs[1:]), U) is None
    assert redacted(replace(SECRET, paragraphs=()), TS) is None


def test_the_header_opens_with_its_own_classification() -> None:
    seen = redacted(SECRET, S)
    assert seen is not None and len(seen.paragraphs) == 3
    assert seen.subject is None and seen.references == ()
    assert seen.summary == Locator(3)  # its paragraph is shown
    cleared = redacted(SECRET, Clearance(Level.S, noforn=True))
    assert cleared == replace(SECRET, problems=())
    assert redacted(SECRET, OWNER) == SECRET


def test_a_subject_or_heading_marked_itself_is_shown_by_its_own_marking() -> None:
    headed = [
        replace(SECRET.paragraphs[0], heading="Marked", heading_marking="U"),
        replace(SECRET.paragraphs[1], heading="Unmarked"),
    ]
    cable = replace(SECRET, subject_marking="SBU", paragraphs=tuple(headed))
    assert redacted(cable, U).subject is None  # type: ignore[union-attr]
    seen = redacted(cable, C)
    assert seen is not None
    assert seen.subject == SECRET.subject
    assert [paragraph.heading for paragraph in seen.paragraphs] == ["Marked", None]


@pytest.mark.parametrize("reader", CLEARANCES)
def test_the_context_of_a_paragraph_is_the_same_for_all_its_readers(reader: Clearance) -> None:
    cable = replace(SECRET, subject_marking="C")
    seen = redacted(cable, reader)
    assert seen is not None
    for paragraph in seen.paragraphs:
        whole = next(each for each in cable.paragraphs if each.key == paragraph.key)
        assert context_of(seen, paragraph) == context_of(cable, whole)
