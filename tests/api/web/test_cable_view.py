"""A cable laid out for reading."""

from dataclasses import replace
from datetime import date

import pytest
from bs4 import Tag

from api.web.cable_tools import CableTools, FoundWithin
from api.web.cable_view import Marks, anchor, cable_view, level, marked, permalink, read_marks
from api.web.read_page import ReadCable
from rag.catalog.lookup import OpenedCitation
from rag.domain.cable import Cable
from tests.api.web.elements import drawn, of_class, texts
from tests.rag.samples import make_cable

CABLE = make_cable("08QUILL12", "A <b>lantern</b> was lit.", ("S", "It is out."), references=("08ROOK2",))


def read(cable: Cable = CABLE, marks: Marks | None = None) -> Tag:
    view = cable_view(OpenedCitation(cable, None, with_year=False), marks or {})
    return drawn("read.html", shown=ReadCable(view, CableTools(None, None, "", FoundWithin()), [], []))


@pytest.mark.parametrize(
    ("key", "name"), [("08TOKYO2367#3", "p3"), ("07TOKYO2287#5~2", "p5~2"), ("08CAIRO9#u1", "pu1")]
)
def test_a_paragraph_has_an_anchor_and_a_permalink(key: str, name: str) -> None:
    assert anchor(key) == name
    assert permalink(key) == f"/read/{key.partition('#')[0]}#{name}"
    mark = marked(key, (3, 9))
    assert permalink(key, [mark]) == f"/read/{key.partition('#')[0]}?mark={mark}#{name}"
    assert read_marks([mark, "nonsense", "3.x-1"]) == {name[1:]: [(3, 9)]}


@pytest.mark.parametrize(("marking", "name"), [("S/NF", "s"), ("U", "u"), (None, "none"), ("COSMIC", "none")])
def test_a_marking_has_a_level_for_the_style_sheet(marking: str | None, name: str) -> None:
    assert level(marking) == name


def test_paragraphs_have_their_numbers_markings_and_text_as_text() -> None:
    sections = of_class(read(), "paragraph")
    assert [section["id"] for section in sections] == ["p1", "p2"]
    assert [section["aria-label"] for section in sections] == ["QUILL 12 ¶1", "QUILL 12 ¶2"]
    assert texts(sections[0]) == ["¶1", "C", "A <b>lantern</b> was lit."]
    assert of_class(sections[1], "level-s")


def test_the_words_to_mark_are_marked_and_no_others() -> None:
    assert [each.text for each in read(marks={"1": [(2, 16)]}).find_all("mark")] == ["<b>lantern</b>"]
    assert [each.text for each in read(marks={"2": [(0, 2)], "1": [(90, 99)]}).find_all("mark")] == ["It"]


def test_the_header_has_the_fields_that_have_a_value() -> None:
    cable = replace(CABLE, declassify_on=date(2018, 8, 28), signers=(), source="/somewhere/private/file.txt")
    root = read(cable)
    (fields,) = of_class(root, "fields")
    assert {name.text: texts(value) for name, value in zip(fields("dt"), fields("dd"), strict=True)} == {
        "Date": ["28 August 2008, 13:37 UTC"],
        "From": ["QUILL"],
        "TAGS": ["PREL", "external political relations"],
        "Declassify on": ["28 August 2018"],
        "Source": ["file.txt"],
        "References": ["08ROOK2"],
    }
    assert [each.text for each in root("h1")] == ["QUILL 12"]
    assert of_class(root, "subject")[0]["title"] == "A MATTER OF LIGHTHOUSES"
    assert of_class(root, "subject")[0].text == "A matter of lighthouses"


def test_long_lists_are_folded() -> None:
    details = read(replace(CABLE, classified_by=("A", "B", "C", "D", "E"))).details
    assert details is not None and texts(details) == ["A, B, C and 2 more", "D, E"]


def test_headings_are_shown_once() -> None:
    headed = replace(CABLE, paragraphs=tuple(replace(each, heading="LIGHTS") for each in CABLE.paragraphs))
    assert [each.text for each in of_class(read(headed), "heading")] == ["LIGHTS"]
    assert len(of_class(read(headed), "icon-like")) == 2
