"""A whole telegram as a cable."""

from tests.ingest.invented import read_one


def test_seventies_telegram() -> None:
    text = """\
PAGE 01        NEW DE  02340  01 OF 02  260904Z

40
ACTION EUR-12

INFO  OCT-01  ISO-00  SS-15  NSC-05  PM-04  /099 W
                     --------------------- 031234
R 260904Z AUG 75
FM AMEMBASSY NEW DELHI
TO SECSTATE WASHDC 6810

C O N F I D E N T I A L SECTION 1 OF 2 NEW DELHI 2340

E.O. 11652: GDS
TAGS: PFOR, XQ
SUBJECT: THE LAMP ON THE ROCK

REF: STATE 89769

1. THE KEEPER OF THE LAMP CALLED ON THE AMBASSADOR FOR TALKS
ABOUT THE OIL AND THE
CONFIDENTIAL

CONFIDENTIAL

PAGE 02        NEW DE  02340  01 OF 02  260904Z

WICK.

2. THE AMBASSADOR THANKED HIM.
AVERSTRAND


CONFIDENTIAL


<< END OF DOCUMENT >>

Message Attributes

Automatic Decaptioning: X
Capture Date: 01 JAN 1994
"""
    parsed = read_one(text)
    assert parsed.post == "NEW DELHI"
    assert str(parsed.id) == "75NEWDELHI2340"
    assert parsed.classification == "CONFIDENTIAL"
    assert {str(each.key.locator): each.text for each in parsed.paragraphs} == {
        "1": "THE KEEPER OF THE LAMP CALLED ON THE AMBASSADOR FOR TALKS ABOUT THE OIL AND THE WICK.",
        "2": "THE AMBASSADOR THANKED HIM.",
    }
