from rag.citing.page_metadata import page_metadata
from tests.rag.citing.citables import make_citable


def test_the_tags_that_reference_managers_read() -> None:
    tags = dict(page_metadata(make_citable()))
    assert tags["citation_title"] == tags["DC.title"] == "Libyan Succession Muddled"
    assert tags["citation_author"] == "U.S. Embassy Tripoli"
    assert tags["citation_publication_date"] == "2009/03/09" and tags["DC.date"] == "2009-03-09"
    assert tags["citation_technical_report_number"] == tags["DC.identifier"] == "09TRIPOLI198"


def test_a_subject_that_is_withheld_gives_way_to_the_number() -> None:
    tags = dict(page_metadata(make_citable(subject=None, date=None)))
    assert tags["citation_title"] == "Cable 09TRIPOLI198" and "DC.date" not in tags
