"""Labels and values above a telegram, copied from a web page."""

from ingest.formats.identifier_page import read_identifier_page
from tests.ingest.invented import HEAD, IDENTIFIER_PAGE


def test_labels_one_to_a_line() -> None:
    telegram = read_identifier_page(IDENTIFIER_PAGE + HEAD)
    assert telegram is not None
    assert (telegram.metadata.id, telegram.metadata.origin) == ("08QUILLHAVEN2340", "Embassy Quillhaven")
    assert telegram.body == HEAD


def test_labels_in_columns() -> None:
    page = "Identifier\tCreated\tClassification\n08TOKYO1\t2008-08-26 09:04\tSECRET\nUNCLAS TOKYO 000001\nText"
    telegram = read_identifier_page(page)
    assert telegram is not None
    assert (telegram.metadata.id, telegram.metadata.classification) == ("08TOKYO1", "SECRET")
    assert telegram.body == "UNCLAS TOKYO 000001\nText"


def test_other_texts_have_no_such_block() -> None:
    assert read_identifier_page(HEAD) is None
    assert read_identifier_page("Date\nOrigin\n2008-08-26\nTokyo\n") is None
