"""References and similar paragraphs of a cable."""

from api.web.related_cables import Related, RelatedItem, referring
from tests.api.web.elements import drawn, of_class, texts

HELD = {
    "cable_id": "08ROOK2",
    "citation_label": "ROOK 2",
    "in_archive": True,
    "date": "2008-09-01T00:00:00Z",
    "subject": "BELLS",
}
ABSENT = {"cable_id": "08STATE9", "citation_label": "STATE 9", "in_archive": False, "date": None, "subject": None}


def test_references_lead_to_cables_of_the_archive_only() -> None:
    root = drawn("related.html", related=list(referring({"outgoing": [HELD, ABSENT], "incoming": []})))
    (section,) = root("section")
    assert texts(section) == ["Refers to", "ROOK 2", "2008-09-01", "BELLS", "STATE 9", "not in this archive"]
    assert [link["href"] for link in root("a")] == ["/read/08ROOK2"]


def test_similar_paragraphs_are_links_with_their_openings() -> None:
    item = RelatedItem("ODDHARBOR 9 ¶2", "/read/08ODDHARBOR9#p2", "", text="<b>The</b> clerk came late.")
    root = drawn("related.html", related=[Related("More like it", (item,))])
    assert [link["href"] for link in root("a")] == ["/read/08ODDHARBOR9#p2"]
    assert texts(of_class(root, "like-text")[0]) == ["<b>The</b> clerk came late."]


def test_an_empty_list_of_similar_paragraphs_says_so() -> None:
    root = drawn("related.html", related=[Related("More like it", ())])
    assert texts(root) == ["More like it", "No other paragraph is like it."]
