"""One invented telegram in every container, and inputs that are no cable."""

import pytest

from ingest.errors import NotACable
from rag.domain.cable_json import iso_utc
from tests.ingest.invented import BODY, HEAD, IDENTIFIER_PAGE, dump, html_page, read_one, row


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        (f"{HEAD}\n{BODY}", None),
        (f"\n\n{HEAD}\n{BODY}".replace("\n", "\r\n"), None),
        (f"{HEAD}\n{BODY}".replace("\n", "  \n").replace("¶", "[1](#)"), None),
        (html_page(), "Embassy Quillhaven"),
        (IDENTIFIER_PAGE + f"{HEAD}\n{BODY}", "Embassy Quillhaven"),
        (dump(row()), "Embassy Quillhaven"),
    ],
    ids=["plain", "crlf", "markdown", "html", "identifier", "csv"],
)
def test_same_cable_in_every_container(text: str | bytes, origin: str | None) -> None:
    parsed = read_one(text)
    assert str(parsed.id) == "08QUILLHAVEN2340"
    assert iso_utc(parsed.date) == "2008-08-26T09:04:00Z"
    assert parsed.classification == "CONFIDENTIAL"
    assert parsed.subject == "A LAMP ON THE ROCK, AND WHO PAYS FOR IT"
    assert parsed.tags == ("PREL", "MARR", "XQ")
    assert parsed.references == ("08STATE89769", "07PORTZEPHYR301")
    assert parsed.signers == ("AVERSTRAND",)
    assert parsed.summary_key == "08QUILLHAVEN2340#1"
    assert [each.text for each in parsed.paragraphs] == [
        "Summary. The lamp on the rock is lit. End summary.",
        "The crown pays for the oil, and asked on June 30. to be paid back.",
    ]
    if origin:
        assert parsed.origin == origin


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
        read_one(text)
    assert "\n" not in str(problem.value)


@pytest.mark.parametrize(
    "data", [b"", b" \n\n", b"\x00" * 100, b"%PDF-1.7 lamp", b"\x89PNG\r\n\x1a\n" + bytes(range(256))]
)
def test_empty_and_binary_input_is_refused(data: bytes) -> None:
    with pytest.raises(NotACable):
        read_one(data)
