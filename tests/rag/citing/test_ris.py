from rag.citing.ris import ris
from tests.rag.citing.citables import make_citable


def test_a_record() -> None:
    assert ris(make_citable()).split("\r\n") == [
        "TY  - RPRT",
        "AU  - U.S. Embassy Tripoli",
        "TI  - Libyan Succession Muddled",
        "PY  - 2009",
        "DA  - 2009/03/09",
        "M3  - Secret/NOFORN cable",
        "SN  - 09TRIPOLI198",
        "N1  - ¶ 3",
        "DB  - Public Library of US Diplomacy",
        "UR  - https://cables.example/read/09TRIPOLI198#p3",
        "ID  - 09TRIPOLI198#3",
        "ER  - ",
        "",
    ]


def test_what_is_not_known_is_left_out() -> None:
    record = ris(make_citable(subject=None, date=None, locator=None, archive=None, url=None))
    assert [line[:2] for line in record.split("\r\n") if line] == ["TY", "AU", "PY", "M3", "SN", "ID", "ER"]
