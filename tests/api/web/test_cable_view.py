"""A cable laid out for reading."""

from dataclasses import replace
from datetime import date

import pytest

from api.web.cable_view import CableView, anchor, level, permalink
from rag.catalog.lookup import OpenedCitation
from rag.domain.cable import Cable
from tests.api.web.elements import drawn, of_class, of_tag, texts, texts_of
from tests.rag.samples import make_cable

FIRST, SECOND = "08QUILL12#1", "08QUILL12#2"
CABLE = make_cable("08QUILL12", "A <b>lantern</b> was lit.", ("S", "It is out."), references=("08ROOK2",))


def opened(cable: Cable = CABLE) -> OpenedCitation:
    return OpenedCitation(cable, None, with_year=False)


@pytest.mark.parametrize(
    ("key", "name"), [("08TOKYO2367#3", "p3"), ("07TOKYO2287#5~2", "p5~2"), ("08CAIRO9#u1", "pu1")]
)
def test_a_paragraph_has_an_anchor_and_a_permalink(key: str, name: str) -> None:
    assert anchor(key) == name
    assert permalink(key) == f"/read/{key.partition('#')[0]}#{name}"


@pytest.mark.parametrize(("marking", "name"), [("S/NF", "s"), ("U", "u"), (None, "none"), ("COSMIC", "none")])
def test_a_marking_has_a_level_for_the_style_sheet(marking: str | None, name: str) -> None:
    assert level(marking) == name


def test_paragraphs_have_their_numbers_markings_and_text_as_text() -> None:
    with drawn() as root:
        CableView(opened(), {})
    sections = of_tag(root, "section")
    assert [section.props["id"] for section in sections] == ["p1", "p2"]
    assert [section.props["aria-label"] for section in sections] == ["QUILL 12 ¶1", "QUILL 12 ¶2"]
    assert texts(sections[0]) == ["¶1", "C", "A <b>lantern</b> was lit."]
    assert of_class(sections[1], "level-s")


def test_the_words_to_mark_are_marked_and_no_others() -> None:
    with drawn() as root:
        view = CableView(opened(), {FIRST: [(2, 16)]})
        assert texts_of(of_tag(root, "mark")) == ["<b>lantern</b>"]
        view.mark({SECOND: [(0, 2)]})
        assert texts_of(of_tag(root, "mark")) == ["It"]


def test_one_paragraph_is_highlighted() -> None:
    with drawn() as root:
        view = CableView(opened(), {})
        for key in (FIRST, SECOND):
            view.choose(key)
        assert [section.props.get("data-chosen") for section in of_tag(root, "section")] == [None, "true"]
        view.choose(None)
        assert not any(section.props.get("data-chosen") for section in of_tag(root, "section"))


def test_the_header_has_the_fields_that_have_a_value() -> None:
    cable = replace(CABLE, declassify_on=date(2018, 8, 28), signers=(), source="/somewhere/private/file.txt")
    with drawn() as root:
        CableView(opened(cable), {}, alone=True)
    fields = dict(zip(texts_of(of_tag(root, "dt")), map(texts, of_tag(root, "dd")), strict=True))
    assert fields == {
        "Date": ["28 August 2008, 13:37 UTC"],
        "From": ["QUILL"],
        "TAGS": ["PREL"],
        "Declassify on": ["28 August 2018"],
        "Source": ["file.txt"],
        "References": ["08ROOK2"],
    }
    assert texts_of(of_tag(root, "h1")) == ["QUILL 12"]


def test_long_lists_are_folded() -> None:
    with drawn() as root:
        CableView(opened(replace(CABLE, tags=("A", "B", "C", "D", "E"))), {})
    (details,) = of_tag(root, "details")
    assert texts(details) == ["A, B, C and 2 more", "D, E"]


def test_headings_are_shown_once_and_buttons_for_similar_paragraphs_only_on_request() -> None:
    headed = replace(CABLE, paragraphs=tuple(replace(each, heading="LIGHTS") for each in CABLE.paragraphs))
    with drawn() as root:
        CableView(opened(headed), {}, show_similar=lambda key, citation, place: None)
    assert texts_of(of_class(root, "heading")) == ["LIGHTS"]
    assert len(of_class(root, "icon-like")) == 2
    with drawn() as root:
        CableView(opened(headed), {})
    assert not of_class(root, "icon-like")
