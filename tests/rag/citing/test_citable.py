from dataclasses import replace
from datetime import date

import pytest

from rag.catalog.lookup import OpenedCitation
from rag.citing.citable import Citable, Holding
from rag.domain.access import Clearance, redacted
from rag.domain.cable import Cable
from rag.domain.marking import Level
from tests.rag.citing.citables import make_citable
from tests.rag.samples import make_cable

HOLDING = Holding("The Archive", "https://cables.example/")


@pytest.fixture
def cable() -> Cable:
    made = make_cable(
        "08QUILL2", ("S/NF", "Hidden."), ("U", "Open."), subject="LAMP\n\x1b OIL.", classification="SECRET"
    )
    return replace(made, origin="Embassy Quill", caveats=("NOFORN",))


def test_a_paragraph_has_its_own_marking_and_the_cable_the_rest(cable: Cable) -> None:
    citable = Citable.of(OpenedCitation(cable, cable.paragraphs[0], False), HOLDING)
    assert (citable.key, citable.number, citable.author) == ("08QUILL2#1", "08QUILL2", "U.S. Embassy Quill")
    assert (citable.subject, citable.date, citable.marking) == ("LAMP OIL", date(2008, 8, 28), "Secret/NOFORN")
    assert (citable.place, citable.url) == ("¶ 1", "https://cables.example/read/08QUILL2#p1")


def test_a_cable_has_the_marking_of_the_whole(cable: Cable) -> None:
    citable = Citable.of(OpenedCitation(cable, None, False), Holding())
    assert (citable.key, citable.marking, citable.place, citable.url) == ("08QUILL2", "Secret/NOFORN", None, None)


def test_what_a_reader_may_not_see_of_the_cable_is_left_out(cable: Cable) -> None:
    seen = redacted(cable, Clearance(Level.U))
    assert seen is not None
    citable = Citable.of(OpenedCitation(seen, seen.paragraphs[0], False), HOLDING)
    assert (citable.key, citable.subject, citable.author) == ("08QUILL2#2", None, "Quill")
    assert citable.marking == "Unclassified"
    assert Citable.of(OpenedCitation(seen, None, False), HOLDING).marking is None


@pytest.mark.parametrize(
    ("marking", "genre"),
    [
        ("Secret/NOFORN", "secret/NOFORN cable"),
        ("Sensitive But Unclassified", "sensitive but unclassified cable"),
        (None, "cable"),
    ],
)
def test_the_genre_says_the_marking(marking: str | None, genre: str) -> None:
    assert make_citable(marking=marking).genre == genre
