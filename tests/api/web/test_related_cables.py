"""References and similar paragraphs of a cable."""

from api.web.related_cables import draw_references, draw_similar
from tests.api.web.answers import PASSAGE
from tests.api.web.elements import drawn, of_class, of_tag, texts, texts_of
from tests.rag.samples import with_text

HELD = {
    "cable_id": "08ROOK2",
    "citation_label": "ROOK 2",
    "in_archive": True,
    "date": "2008-09-01T00:00:00Z",
    "subject": "BELLS",
}
ABSENT = {"cable_id": "08STATE9", "citation_label": "STATE 9", "in_archive": False, "date": None, "subject": None}


def test_references_lead_to_cables_of_the_archive_only() -> None:
    with drawn() as root:
        draw_references({"outgoing": [HELD, ABSENT], "incoming": []})
    (section,) = of_tag(root, "section")
    assert texts(section) == ["Refers to", "ROOK 2", "2008-09-01", "BELLS", "STATE 9", "not in this archive"]
    assert [link.props["href"] for link in of_tag(root, "a")] == ["/read/08ROOK2"]


def test_similar_paragraphs_are_links_with_their_openings() -> None:
    with drawn() as root:
        draw_similar("More like it", [PASSAGE, with_text(PASSAGE, "lantern " * 50)])
    assert [link.props["href"] for link in of_tag(root, "a")] == ["/read/08ODDHARBOR9#p2"] * 2
    short, long = texts_of(of_class(root, "like-text"))
    assert short == PASSAGE.text
    assert long.endswith("lantern …") and len(long) <= 222


def test_an_empty_list_of_similar_paragraphs_says_so() -> None:
    with drawn() as root:
        draw_similar("More like it", [])
    assert texts(root) == ["More like it", "No other paragraph is like it."]
