"""HTML pages: the known kinds, and the main text of the others.

A page of no known kind gives the telegram in its `<pre>` blocks. Without these it gives all its text if it has no
navigation, else its main text as readability finds it.
"""

import logging
import re
from collections.abc import Iterator

from lxml import etree  # type: ignore[import-untyped]

from ingest.errors import NotACable
from ingest.formats.archive_page import is_archive_page, read_archive_page
from ingest.formats.html_text import element_text, parse_html, visible_lines
from ingest.formats.raw_telegram import RawTelegram
from ingest.formats.telegram_signs import count_signs
from ingest.formats.wikileaks_html import read_viewer_page

_HTML = re.compile(
    r"\s{0,80}<(?:\?xml|!doctype\s+html|!--|(?:html|head|body|meta|div|p|pre|table|span|font|br|center)\b)",
    re.IGNORECASE,
)
_NAVIGATION = ("nav", "aside", "footer", "form", "button", "iframe")
_FEW_LINKS = 0.1  # of the characters
_SURE = 2  # kinds of head lines


def is_html(text: str) -> bool:
    """Whether the text opens as an HTML page."""
    return _HTML.match(text) is not None


def read_html(text: str) -> Iterator[RawTelegram | NotACable]:
    """The telegram in an HTML page."""
    if viewed := read_viewer_page(text):
        yield viewed
        return
    root = parse_html(text)
    if root is None:
        yield NotACable("an HTML page without text")
    elif is_archive_page(root):
        yield read_archive_page(root)
    else:
        yield _unknown_page(text, root)


def _unknown_page(text: str, root: etree._Element) -> RawTelegram | NotACable:
    preformatted = "\n\n".join(element_text(block) for block in root.iter("pre"))
    if count_signs(preformatted) >= _SURE:
        return RawTelegram(preformatted)
    if not _has_navigation(root):
        return RawTelegram("\n".join(visible_lines(root)))
    main = _main_text(text)
    if count_signs(main) < _SURE:
        return NotACable("an HTML page of no known kind, and no telegram in its main text")
    return RawTelegram(main)


def _has_navigation(root: etree._Element) -> bool:
    if any(root.find(f".//{tag}") is not None for tag in _NAVIGATION):
        return True
    links = sum(len(element_text(link)) for link in root.iter("a"))
    return links > _FEW_LINKS * len(element_text(root))


def _main_text(text: str) -> str:
    from readability import Document
    from readability.readability import Unparseable

    logging.getLogger("readability").setLevel(logging.CRITICAL)  # a page without main text is reported as a rejection
    try:
        summary = parse_html(Document(text).summary())
    except (Unparseable, ValueError):
        return ""
    return "" if summary is None else "\n".join(visible_lines(summary))
