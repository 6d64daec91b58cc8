from rag.citing.csl import csl_item
from tests.rag.citing.citables import make_citable


def test_an_item_has_what_a_style_needs() -> None:
    assert csl_item(make_citable()) == {
        "id": "09TRIPOLI198#3",
        "type": "document",
        "author": [{"literal": "U.S. Embassy Tripoli"}],
        "title": "Libyan Succession Muddled",
        "genre": "secret/NOFORN cable",
        "number": "09TRIPOLI198",
        "issued": {"date-parts": [[2009, 3, 9]]},
        "archive": "Public Library of US Diplomacy",
        "URL": "https://cables.example/read/09TRIPOLI198#p3",
        "note": "¶ 3",
    }


def test_what_is_not_known_is_left_out() -> None:
    item = csl_item(make_citable(subject=None, date=None, archive=None, url=None, locator=None))
    assert set(item) == {"id", "type", "author", "genre", "number"}
