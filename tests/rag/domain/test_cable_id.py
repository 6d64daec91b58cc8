import pytest
from hypothesis import given

from rag.domain.cable_id import CableId, compact_post, full_year
from rag.errors import BadInput
from tests.rag.domain.strategies import ids


@given(ids)
def test_an_id_reads_back(cable_id: CableId) -> None:
    assert CableId.parse(str(cable_id)) == cable_id


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("08TOKYO2367", "08TOKYO2367"),
        ("08TOKYO002367", "08TOKYO2367"),
        ("2008 Tokyo 2367", "08TOKYO2367"),
        ("06 new delhi 123", "06NEWDELHI123"),
        ("1973STATE187673", "73STATE187673"),
    ],
)
def test_spellings(typed: str, written: str) -> None:
    assert str(CableId.parse(typed)) == written


@pytest.mark.parametrize(
    "typed", ["", "TOKYO", "2367", "08TOKYO", "08 2367", "08TOKYO23.67", "../etc/passwd", "08TOKYO2367#3"]
)
def test_what_is_no_id(typed: str) -> None:
    with pytest.raises(BadInput, match="08TOKYO2367"):
        CableId.parse(typed)


def test_centuries() -> None:
    assert (full_year(66), full_year(99), full_year(0), full_year(65)) == (1966, 1999, 2000, 2065)


def test_compact_post() -> None:
    assert compact_post("Port-au-Prince ") == "PORTAUPRINCE"
