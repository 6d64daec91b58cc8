"""WikiLeaks "Viewing cable" pages: a metadata table, then header and body in two `<code><pre>` blocks."""

import re

from lxml import etree  # type: ignore[import-untyped]

from ingest.formats.html_text import element_text, parse_html
from ingest.formats.metadata import Metadata, read_metadata
from ingest.formats.raw_telegram import RawTelegram

_VIEWER_TABLE = re.compile(r"<table class=['\"]cable['\"]>")


def read_viewer_page(text: str) -> RawTelegram | None:
    """The telegram of a viewer page; None for other pages."""
    # Three quarters of a viewer page are menus, which would cost parsing time.
    table = _VIEWER_TABLE.search(text)
    root = parse_html(text[table.start() :] if table else text) if table or "<pre" in text.lower() else None
    blocks = [element_text(block) for block in root.iter("pre")] if root is not None else []
    metadata = _table(root) if blocks else None
    if metadata is None:
        return None
    notes = [block.strip() for block in blocks[:-1] if _is_note(block)]
    header = "\n\n".join(block for block in blocks[:-1] if not _is_note(block)).strip("\n")
    return RawTelegram(blocks[-1], header, metadata, notes[0] if notes else None)


def _is_note(block: str) -> bool:
    # The viewer prints a remark in place of a withheld transmission header.
    return block.lstrip().startswith("This record is a")


def _table(root: etree._Element) -> Metadata | None:
    for table in root.iter("table"):
        labels = [element_text(cell).strip() for cell in table.iter("th")]
        values = [element_text(cell).strip() for cell in table.iter("td")]
        if metadata := read_metadata(labels, values):
            return metadata
    return None
