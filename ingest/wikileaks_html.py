"""WikiLeaks "Viewing cable" pages: a metadata table, then header and body in two `<code><pre>` blocks."""

import re
from collections.abc import Iterator

from lxml import etree  # type: ignore[import-untyped]

from ingest.errors import NotACable
from ingest.metadata import Metadata, read_metadata
from ingest.raw_telegram import RawTelegram

_PARSER_OPTIONS = {"encoding": "utf-8", "no_network": True, "remove_comments": True, "remove_pis": True}
_HTML = re.compile(r"\s{0,80}(?:<\?xml|<!doctype\s+html|<html|<head|<body|<!--)", re.IGNORECASE)
_VIEWER_TABLE = re.compile(r"<table class=['\"]cable['\"]>")
_BLOCKS = frozenset(
    (
        "address",
        "article",
        "blockquote",
        "br",
        "center",
        "dd",
        "div",
        "dl",
        "dt",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tr",
        "ul",
    )
)
_SILENT = frozenset(("script", "style", "head", "title", "noscript", "template"))


def is_html(text: str) -> bool:
    """Whether the text opens as an HTML page."""
    return _HTML.match(text) is not None


def read_html(text: str) -> RawTelegram:
    """The telegram in an HTML page.

    A page without the table and `<pre>` blocks of the WikiLeaks viewer gives its visible text as the body.

    Raises:
        NotACable: the page holds no text.
    """
    root = etree.fromstring(_telegram_part(text).encode("utf-8", "replace"), etree.HTMLParser(**_PARSER_OPTIONS))
    if root is None:
        raise NotACable("an HTML page without text")
    blocks = [_text(block) for block in root.iter("pre")]
    metadata = _table(root)
    if metadata is None or not blocks:
        return RawTelegram(body="\n".join(_visible(root)))
    notes = [block.strip() for block in blocks[:-1] if _is_note(block)]
    header = "\n\n".join(block for block in blocks[:-1] if not _is_note(block)).strip("\n")
    return RawTelegram(
        body=blocks[-1],
        header=header,
        declared_id=metadata.declared_id,
        created=metadata.created,
        classification=metadata.classification,
        origin=metadata.origin,
        note=notes[0] if notes else None,
    )


def _telegram_part(text: str) -> str:
    # Three quarters of a viewer page are its menus; the parser need not see them.
    table = _VIEWER_TABLE.search(text)
    return text[table.start() :] if table else text


def _text(element: etree._Element) -> str:
    return "".join(element.itertext())


def _is_note(block: str) -> bool:
    # Viewers put a remark of their own where the transmission header is withheld.
    return block.lstrip().startswith("This record is a")


def _table(root: etree._Element) -> Metadata | None:
    for table in root.iter("table"):
        labels = [_text(cell).strip() for cell in table.iter("th")]
        values = [_text(cell).strip() for cell in table.iter("td")]
        if metadata := read_metadata(labels, values):
            return metadata
    return None


def _visible(root: etree._Element) -> Iterator[str]:
    """The page's visible text, a line for each block-level element."""
    line: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in _BLOCKS:
                yield "".join(line)
                line.clear()
            if tag not in _SILENT and element.text:
                line.append(element.text)
        else:
            if tag in _BLOCKS and tag != "br":
                yield "".join(line)
                line.clear()
            if element.tail:
                line.append(element.tail)
    yield "".join(line)
