"""Copies that people have, as found beside the project: each gives what it must."""

from pathlib import Path

import pytest

from ingest.parser import read
from ingest.sources.document import Rejection
from ingest.sources.paths import documents
from rag.domain.cable import Cable
from rag.domain.cable_json import iso_utc
from tests.ingest.shared_data import shared


def _cables(name: str) -> list[Cable]:
    found: list[Cable] = []
    for document in documents([Path(shared("found"), name)]):
        assert not isinstance(document, Rejection)
        for cable in read(document):
            assert isinstance(cable, Cable), cable
            found.append(cable)
    return found


def test_a_public_page_of_the_1970s() -> None:
    (cable,) = _cables("1974ATHENS02959_b.html")
    assert (str(cable.id), iso_utc(cable.date)) == ("74ATHENS2959", "1974-05-17T16:00:00Z")
    assert (cable.classification, cable.subject) == ("LIMITED OFFICIAL USE", "ARRESTS OF KALOUDIS AND AMBATIELOS")
    assert sorted(cable.tags) == ["AMBATIELOS, ANTHONY", "GR", "KALOUDIS, NICK", "PINS"]
    assert (cable.references, cable.signers, cable.problems) == (("74STATE97844",), ("TASCA",), ())
    assert [(each.number, each.heading) for each in cable.paragraphs] == [(1, None), (2, None)]
    assert cable.paragraphs[1].text.endswith("PRIOR TRADE UNION ACTIVITY.")
    assert "LIMITED OFFICIAL USE" not in cable.paragraphs[1].layout


def test_unlabelled_lines_above_a_text() -> None:
    (cable,) = _cables("02HARARE1051.txt")
    assert (str(cable.id), cable.origin) == ("02HARARE1051", "Embassy Harare")
    assert iso_utc(cable.date) == "2002-05-02T00:00:00Z"
    assert any("partial extract" in problem for problem in cable.problems)
    assert (len(cable.paragraphs), cable.signers) == (2, ("SULLIVAN",))


@pytest.mark.parametrize("name", ["header.csv", "semicolon.csv"])
def test_a_dump_exported_again(name: str) -> None:
    (cable,) = _cables(name)
    assert (str(cable.id), cable.references) == ("02HARARE1051", ("02HARARE900", "02HARARE910"))
    assert cable.subject == 'RADIO STATION SUSPENDS "NEWS" BROADCASTS'


def test_iso_dates_in_a_dump() -> None:
    cables = _cables("iso3.csv")
    assert [str(each.id) for each in cables] == ["02HARARE1051", "02LUSAKA1177", "02GABORONE1299"]
    assert {iso_utc(each.date) for each in cables} == {"2002-05-02T12:00:00Z"}
    assert {each.paragraphs[1].marking for each in cables} == {"C"}


def test_mail() -> None:
    (cable,) = _cables("qp.eml")
    assert cable.subject == 'RADIO STATION SUSPENDS "NEWS" BROADCASTS'
    assert cable.paragraphs[2].text == "Última línea é."
    assert "example" not in repr(cable)


@pytest.mark.parametrize(
    "name", ["cables.json", "cables.jsonl", "rtf.rtf", "d.docx", "02HARARE1051.html.gz", "02HARARE1051.txt"]
)
def test_one_cable_of_two_paragraphs(name: str) -> None:
    (cable,) = _cables(name)
    assert str(cable.id) == "02HARARE1051"
    assert [each.number for each in cable.paragraphs] == [1, 2]
    assert cable.paragraphs[1].text.endswith("it will not renew it.")
