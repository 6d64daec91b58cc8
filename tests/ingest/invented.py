"""Telegrams made up for tests: a head in the true format, and whatever body a test wants under it."""

from ingest.document import Document
from ingest.parser import parse
from rag.cable import Cable

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


def cable(body: str, head: str = HEAD, name: str = "a.txt") -> Cable:
    """The one cable in `head` and `body`."""
    (found,) = parse(Document(name, f"{head}\n{body}".encode()))
    return found


def numbers(body: str, head: str = HEAD) -> list[str]:
    """The locators of the paragraphs in `body`."""
    return [str(paragraph.key.locator) for paragraph in cable(body, head).paragraphs]


def texts(body: str, head: str = HEAD) -> dict[str, str]:
    """The folded text of each paragraph in `body` by its locator."""
    return {str(paragraph.key.locator): paragraph.text for paragraph in cable(body, head).paragraphs}


def headings(body: str, head: str = HEAD) -> dict[str, str | None]:
    """The heading of each paragraph in `body` by its locator."""
    return {str(paragraph.key.locator): paragraph.heading for paragraph in cable(body, head).paragraphs}
