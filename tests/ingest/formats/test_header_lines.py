"""Fields in the first lines of a text file."""

import pytest

from ingest.formats.header_lines import read_header_lines
from rag.domain.cable_json import iso_utc
from tests.ingest.documents import body, one

_NOTE = "This record is a partial extract of the original cable. The full text of the original cable is not available."


@pytest.mark.parametrize(
    "lines",
    [
        "02HARARE1051\nNEWS\nThu May 02 00:00:00 +0200 2002\nUNCLASSIFIED\nEmbassy Harare\n",
        "02HARARE1051\n\n2002-05-02\n\nEmbassy Harare\n\nUNCLASSIFIED\n\n",
        "Reference ID: 02HARARE1051\nDate: May 2, 2002\nClassification: UNCLASSIFIED\nOrigin: Embassy Harare\n",
    ],
)
def test_fields(lines: str) -> None:
    cable = one(f"{lines}{_NOTE}{body()}")
    assert (str(cable.id), cable.origin, iso_utc(cable.date)) == (
        "02HARARE1051",
        "Embassy Harare",
        "2002-05-02T00:00:00Z",
    )
    assert cable.problems == ("partial extract of the original cable",)
    assert (len(cable.paragraphs), cable.signers) == (2, ("SULLIVAN",))


def test_a_title_serves_where_the_text_has_no_subject() -> None:
    text = body().replace('SUBJECT: STATION SUSPENDS "NEWS", AGAIN\n', "")
    assert one(f"02HARARE1051\nRADIO NEWS\n2002-05-02\nUNCLASSIFIED\n{text}").subject == "RADIO NEWS"


@pytest.mark.parametrize(
    "text", [body(), f"02HARARE1051\n{body()}", f"2002-05-02\nUNCLASSIFIED\nEmbassy Harare\n{body()}"]
)
def test_other_texts_have_no_such_lines(text: str) -> None:
    assert read_header_lines(text) is None
