"""Attributes that the National Archives print below a telegram."""

from datetime import UTC, datetime

from ingest.formats.message_attributes import absent, merged, read_attributes
from ingest.formats.metadata import Metadata
from tests.ingest.documents import one

_TEXT = """Capture Date: 01 JAN 1994
Channel Indicators: n/a
Document Number: 1973OSTERM00071
Draft Date: 22 MAY 1973
Original Handling Restrictions: EXDIS
Reference: n/a
Subject: THE LAMP
  ON THE ROCK
TAGS: PINS, (VEX, MARA)
"""


def test_attributes() -> None:
    declared = read_attributes(_TEXT)
    assert (declared.id, declared.subject) == ("1973OSTERM00071", "THE LAMP ON THE ROCK")
    assert declared.created == datetime(1973, 5, 22, tzinfo=UTC)
    assert (declared.caveats, declared.references, declared.tags) == (("EXDIS",), (), ("PINS, (VEX, MARA)",))
    assert read_attributes("Subject: x\n") == Metadata()


def test_what_says_nothing_is_absent() -> None:
    assert absent("n/a") is None and absent(" -- N/A or Blank -- ") is None and absent(None) is None
    assert merged(Metadata(id="a"), Metadata(id="b", origin="c")) == Metadata(id="a", origin="c")


def test_they_serve_a_text_copy_without_a_date() -> None:
    text = "UNCLASSIFIED OSTERMERE 71\n\nE.O. 11652: N/A\nTAGS: PINS\nSUBJECT: THE LAMP\n\n1. THE LAMP IS LIT. IT BURNS.\n\nVEX\n\nMessage Attributes\n"
    cable = one(text + _TEXT)
    assert (str(cable.id), cable.date) == ("73OSTERM71", datetime(1973, 5, 22, tzinfo=UTC))
    assert cable.tags == ("PINS", "VEX, MARA") and len(cable.paragraphs) == 1
