"""Invented telegrams: a head in the true format, any body, and the containers they may come in."""

import csv
import io

from ingest.parser import parse
from ingest.sources.document import Document
from rag.domain.cable import Cable

HEAD = """\
VZCZCXRO8600
OO RUEHAG RUEHROV
DE RUEHQH #2340/01 2390904
ZNY CCCCC ZZH
O 260904Z AUG 08
FM AMEMBASSY QUILLHAVEN
TO RUEHC/SECSTATE WASHDC IMMEDIATE 6810
INFO RUEHBJ/AMEMBASSY PORT ZEPHYR PRIORITY 5047

C O N F I D E N T I A L SECTION 01 OF 02 QUILLHAVEN 002340

SIPDIS

E.O. 12958: DECL: 08/26/2016
TAGS: PREL MARR XQ
SUBJECT: A LAMP ON THE ROCK, AND WHO
PAYS FOR IT

REF: A. STATE 89769
B. 07 PORT ZEPHYR 301

Classified By: Ambassador Wendell P. Averstrand. Reasons 1.4 (B) (D)
"""
BODY = """\
¶1. (C) Summary. The lamp on the rock is lit. End summary.

¶2. (C) The crown pays for the oil, and asked on June
¶30. to be paid back.
AVERSTRAND
"""
TRANSMISSION, _, MESSAGE = HEAD.partition("\n\n")

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
IDENTIFIER_PAGE = """\
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


def html_page(cable_id: str = "08QUILLHAVEN2340", header: str = TRANSMISSION) -> str:
    """A page of the WikiLeaks viewer with `HEAD` and `BODY`."""
    body = f"{MESSAGE}\n{BODY}".replace("\n", "&#x000A;").replace("¶1.", "<a id='par1' href='#par1'>¶</a>1.")
    return _PAGE.format(id=cable_id, header=header.replace("\n", "&#x000A;"), body=body)


def read_one(text: str | bytes, name: str = "a.txt") -> Cable:
    """The one cable of an input."""
    (parsed,) = parse(Document(name, text.encode() if isinstance(text, str) else text))
    return parsed


def row(cable_id: str = "08QUILLHAVEN2340", body: str = f"{MESSAGE}\n{BODY}", number: int = 1) -> list[str]:
    """A row of the dump with `HEAD` and `BODY`."""
    return [
        str(number),
        "8/26/2008 9:04",
        cable_id,
        "Embassy Quillhaven",
        "CONFIDENTIAL",
        "08STATE89769|07X1",
        TRANSMISSION,
        body,
    ]


def dump(*rows: list[str]) -> bytes:
    """The rows as a CSV dump."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, escapechar="\\", doublequote=False)
    writer.writerows(rows)
    return text.getvalue().encode()


def cable(body: str, head: str = HEAD, name: str = "a.txt") -> Cable:
    """The one cable in `head` and `body`."""
    return read_one(f"{head}\n{body}", name)


def numbers(body: str, head: str = HEAD) -> list[str]:
    """The locators of the paragraphs in `body`."""
    return [str(paragraph.key.locator) for paragraph in cable(body, head).paragraphs]


def texts(body: str, head: str = HEAD) -> dict[str, str]:
    """The folded text of each paragraph in `body` by its locator."""
    return {str(paragraph.key.locator): paragraph.text for paragraph in cable(body, head).paragraphs}


def headings(body: str, head: str = HEAD) -> dict[str, str | None]:
    """The heading of each paragraph in `body` by its locator."""
    return {str(paragraph.key.locator): paragraph.heading for paragraph in cable(body, head).paragraphs}
