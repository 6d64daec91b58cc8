"""One invented telegram in every container it may come in."""

import csv
import io
from collections.abc import Callable

import pytest

from ingest.document import Document, Rejection
from ingest.errors import NotACable
from ingest.parser import parse, read
from rag.cable import Cable
from rag.cable_json import iso_utc
from tests.ingest.invented import HEAD, cable

BODY = """\
¶1. (C) Summary. The lamp on the rock is lit. End summary.

¶2. (C) The crown pays for the oil, and asked on June
¶30. to be paid back.
AVERSTRAND
"""
_TRANSMISSION, _, _MESSAGE = HEAD.partition("\n\n")

_PAGE = """\
<?xml version='1.0' encoding='utf-8' ?>
<!DOCTYPE html>
<html><head><title>Cable Viewer</title></head><body>
<table class='links'><tr><th>Menu</th></tr><tr><td><a href='/'>Home</a></td></tr></table>
<table class='cable'>
<tr><th>Reference ID</th><th>Created</th><th>Released</th><th>Classification</th><th>Origin</th></tr>
<tr><td><a href='/c'>{id}</a></td><td>2008-08-26 09:04</td><td>2010-12-07 12:12</td>
<td>CONFIDENTIAL</td><td>Embassy Quillhaven</td></tr>
</table>
<code><pre>{header}</pre></code>
<code><pre>{body}</pre></code>
</body></html>
"""
_IDENTIFIER_PAGE = """\
Identifier
Created
Classification
Origin
08QUILLHAVEN2340
2008-08-26 09:04:00
CONFIDENTIAL
Embassy Quillhaven
Cable title:

A LAMP ON THE ROCK

Tags:  PREL MARR
pdf how-to read a cable
"""


def _html(cable_id: str = "08QUILLHAVEN2340", header: str = _TRANSMISSION) -> str:
    body = f"{_MESSAGE}\n{BODY}".replace("\n", "&#x000A;").replace("¶1.", "<a id='par1' href='#par1'>¶</a>1.")
    return _PAGE.format(id=cable_id, header=header.replace("\n", "&#x000A;"), body=body)


def _one(text: str | bytes, name: str = "a.txt") -> Cable:
    (found,) = parse(Document(name, text.encode() if isinstance(text, str) else text))
    return found


def _row(cable_id: str = "08QUILLHAVEN2340", body: str = f"{_MESSAGE}\n{BODY}", number: int = 1) -> list[str]:
    return [
        str(number),
        "8/26/2008 9:04",
        cable_id,
        "Embassy Quillhaven",
        "CONFIDENTIAL",
        "08STATE89769|07X1",
        _TRANSMISSION,
        body,
    ]


def _dump(*rows: list[str]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, escapechar="\\", doublequote=False)
    writer.writerows(rows)
    return text.getvalue().encode()


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        (f"{HEAD}\n{BODY}", None),
        (f"\n\n{HEAD}\n{BODY}".replace("\n", "\r\n"), None),
        (f"{HEAD}\n{BODY}".replace("\n", "  \n").replace("¶", "[1](#)"), None),
        (_html(), "Embassy Quillhaven"),
        (_IDENTIFIER_PAGE + f"{HEAD}\n{BODY}", "Embassy Quillhaven"),
        (_dump(_row()), "Embassy Quillhaven"),
    ],
    ids=["plain", "crlf", "markdown", "html", "identifier", "csv"],
)
def test_same_cable_in_every_container(text: str | bytes, origin: str | None) -> None:
    found = _one(text)
    assert str(found.id) == "08QUILLHAVEN2340"
    assert iso_utc(found.date) == "2008-08-26T09:04:00Z"
    assert found.classification == "CONFIDENTIAL"
    assert found.subject == "A LAMP ON THE ROCK, AND WHO PAYS FOR IT"
    assert found.tags == ("PREL", "MARR", "XQ")
    assert found.references == ("08STATE89769", "07PORTZEPHYR301")
    assert found.signers == ("AVERSTRAND",)
    assert found.summary_key == "08QUILLHAVEN2340#1"
    assert [each.text for each in found.paragraphs] == [
        "Summary. The lamp on the rock is lit. End summary.",
        "The crown pays for the oil, and asked on June 30. to be paid back.",
    ]
    if origin:
        assert found.origin == origin


def test_withheld_header_is_noted() -> None:
    found = _one(_html(header="This record is a partial extract of the original cable. The rest is not available."))
    assert found.problems == ("partial extract of the original cable",)
    assert iso_utc(found.date) == "2008-08-26T09:04:00Z"


def test_dump_gives_each_row_and_names_bad_ones() -> None:
    rows = _dump(
        _row(), ["1", "8/26/2008 9:04", "x"], _row("08QUILLHAVEN2341", _row()[7].replace("002340", "002341"), 3)
    )
    results = list(read(Document("cables.csv", rows)))
    assert [str(each.id) if isinstance(each, Cable) else each.name for each in results] == [
        "08QUILLHAVEN2340", "cables.csv:2", "08QUILLHAVEN2341",
    ]  # fmt: skip
    assert isinstance(results[1], Rejection)
    assert [str(each.id) for each in parse(Document("cables.csv", rows))] == ["08QUILLHAVEN2340", "08QUILLHAVEN2341"]


def test_dump_escapes() -> None:
    body = _row()[7].replace("The crown pays", 'The "crown" \\ pays')
    assert 'The "crown" \\ pays' in _one(_dump(_row(body=body))).paragraphs[1].text


def test_a_quote_too_many_spoils_one_row_of_a_dump() -> None:
    body = _row()[7]
    serials = (2340, 2341, 2342)
    rows = [_dump(_row(f"08QUILLHAVEN{each}", body.replace("002340", f"00{each}"), each)) for each in serials]
    rows[1] = rows[1].replace(b"The lamp", b'The "lamp, and "" the rock\\')
    found = {str(each.id) for each in read(Document("cables.csv", b"".join(rows))) if isinstance(each, Cable)}
    assert {"08QUILLHAVEN2340", "08QUILLHAVEN2342"} <= found


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: "\n".join(f"> {line}" for line in text.split("\n")),
        lambda text: text.replace("\n", " \\\n"),
        lambda text: text.replace("¶1.", "**1.**").replace("¶2.", "**2.**"),
        lambda text: text.replace("¶1.", "1\\.").replace("¶2.", "2\\. "),
        lambda text: text.replace("¶", "Â¶"),
        lambda text: text.replace("¶", "¦"),
        lambda text: text.replace("¶", "\x14"),
    ],
    ids=["quoted mail", "backslashes", "bold numbers", "escaped numbers", "mojibake", "mac", "dos"],
)
def test_marks_of_mail_and_markdown_are_undone(spoil: Callable[[str], str]) -> None:
    plain, spoiled = _one(f"{HEAD}\n{BODY}"), _one(spoil(f"{HEAD}\n{BODY}"))
    assert [each.text for each in spoiled.paragraphs] == [each.text for each in plain.paragraphs]
    assert [each.key for each in spoiled.paragraphs] == [each.key for each in plain.paragraphs]
    assert (spoiled.subject, spoiled.signers, spoiled.references) == (plain.subject, plain.signers, plain.references)


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
    found = _one(text)
    assert found.post == "NEW DELHI"
    assert str(found.id) == "75NEWDELHI2340"
    assert found.classification == "CONFIDENTIAL"
    assert {str(each.key.locator): each.text for each in found.paragraphs} == {
        "1": "THE KEEPER OF THE LAMP CALLED ON THE AMBASSADOR FOR TALKS ABOUT THE OIL AND THE WICK.",
        "2": "THE AMBASSADOR THANKED HIM.",
    }


@pytest.mark.parametrize("malformed", ["08ECTION01OF02QUILLHAVEN2340", "08", "QUILLHAVEN"])
def test_malformed_id_is_repaired_from_the_message_line(malformed: str) -> None:
    found = _one(_html(malformed))
    assert str(found.id) == "08QUILLHAVEN2340"
    assert any("malformed id" in problem for problem in found.problems)


def test_file_name_is_the_last_resort() -> None:
    head = "E.O. 12958: DECL: 08/26/2016\nTAGS: PREL\nSUBJECT: A LAMP\n"
    found = cable("1. (C) The lamp is lit.\n", head, "old/08QUILLHAVEN0077.txt")
    assert (str(found.id), found.post) == ("08QUILLHAVEN77", "QUILLHAVEN")
    assert "the id is taken from the file name" in found.problems
    with pytest.raises(NotACable, match="no cable id"):
        cable("1. (C) The lamp is lit.\n", head, "notes.txt")


def test_post_is_shown_as_the_message_line_prints_it() -> None:
    found = cable("1. (C) The lamp is lit.\n", HEAD.replace("QUILLHAVEN 00", "PORT ZEPHYR 00"))
    assert (str(found.id), found.post, found.label()) == ("08PORTZEPHYR2340", "PORT ZEPHYR", "PORT ZEPHYR 2340")


def test_contradicting_dates_are_noted() -> None:
    found = _one(_html().replace("2008-08-26 09:04", "2008-09-26 09:04"))
    assert iso_utc(found.date) == "2008-08-26T09:04:00Z"
    assert found.problems == ("the date-time group says 2008-08-26 09:04, the metadata 2008-09-26 09:04",)


@pytest.mark.parametrize(
    "text",
    [
        "- milk\n- eggs\n- 2 lamps\n\n1. Bread\n2. Butter\n",
        "# Lamps\n\nA library for lamps.\n\n## Install\n\n1. Clone it.\n2. Run make.\n",
        "import os\n\n\ndef lamp() -> None:\n    print(os.name)\n",
        "It was a dark night, and the lamp was lit.\n\nCHAPTER 1\n\nThe keeper slept. He had slept for a year.\n" * 30,
        "<html><body><h1>Lamps</h1><p>Buy lamps here.</p><ol><li>one</li></ol></body></html>",
        "<!DOCTYPE html><html></html>",
        "SUBJECT: lamps\nREF: none\n\nDear keeper,\n\nthe lamp is out.\n",
        "a,b,c\n1,2,3\n",
        '{"id": 1}',
        HEAD,
    ],
    ids=["list", "readme", "code", "novel", "html", "empty html", "mail", "table", "json", "head only"],
)
def test_what_is_no_cable_is_refused(text: str) -> None:
    with pytest.raises(NotACable) as problem:
        _one(text)
    assert "\n" not in str(problem.value)


@pytest.mark.parametrize(
    "data", [b"", b" \n\n", b"\x00" * 100, b"%PDF-1.7 lamp", b"\x89PNG\r\n\x1a\n" + bytes(range(256))]
)
def test_empty_and_binary_input_is_refused(data: bytes) -> None:
    with pytest.raises(NotACable):
        _one(data)
