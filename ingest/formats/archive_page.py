"""Public pages of the National Archives' telegrams: a table of metadata, then panes with the text and its raw copy.

The text pane holds the telegram's header and its body apart. A last pane repeats the archive's own attributes, as
`Draft Date: 17 MAY 1974`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from lxml import etree  # type: ignore[import-untyped]

from ingest.formats.html_text import element_text
from ingest.formats.message_attributes import absent, merged, read_attributes
from ingest.formats.metadata import Metadata, parse_created
from ingest.formats.raw_telegram import RawTelegram

_TABLE, _BODY, _HEADER = "synopsis", "tagged-text", "text-header"


def is_archive_page(root: etree._Element) -> bool:
    """Whether the page has the table of metadata."""
    return _by_id(root, _TABLE) is not None


def read_archive_page(root: etree._Element) -> RawTelegram:
    """The telegram of a page; without the panes of raw copies, buttons and forms."""
    body = _by_id(root, _BODY)
    panes = dict(_panes(root))
    if body is None:
        body = panes.get("Content", panes.get("Raw content"))
    header = next(_by_class(root, _HEADER), None)
    text = "" if body is None else element_text(body)
    head = "" if header is None else element_text(header).strip("\n")
    attributes = panes.get("Metadata")
    metadata = _synopsis(root)
    if attributes is not None:
        metadata = merged(metadata, read_attributes(element_text(attributes)))
    if "\nFM " in f"\n{head}\n{text}":
        metadata = replace(metadata, origin=None)  # the page names a country where the telegram names its sender
    return RawTelegram(text.strip("\n"), head, metadata)


def _by_id(root: etree._Element, name: str) -> etree._Element | None:
    return next((element for element in root.iter() if element.get("id") == name), None)


def _by_class(root: etree._Element, name: str) -> Iterator[etree._Element]:
    return (element for element in root.iter("div", "table") if name in (element.get("class") or "").split())


def _panes(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    for pane in _by_class(root, "pane-tab"):
        title = next(_by_class(pane, "pane-header"), None)
        text = next(_by_class(pane, "text-content"), None)
        if title is not None and text is not None:
            yield element_text(title).strip(), text


def _synopsis(root: etree._Element) -> Metadata:
    table = next(element for element in root.iter() if element.get("id") == _TABLE)
    cells: dict[str, etree._Element] = {}
    for key in _by_class(table, "s_key"):
        value = key.getnext()
        if value is not None:
            cells[element_text(key).strip(" :\n")] = value
    title = next((element_text(cell).strip() for cell in table.iter("td") if cell.get("colspan")), None)
    return Metadata(
        id=_value(cells, "Canonical ID"),
        created=parse_created(_value(cells, "Date") or ""),
        classification=_value(cells, "Original Classification"),
        origin=_value(cells, "From"),
        subject=absent(title),
        tags=tuple(_tags(cells.get("TAGS"))),
        caveats=tuple(_caveats(_value(cells, "Handling Restrictions"))),
        recipients=tuple(_linked(cells.get("To"))),
    )


def _value(cells: Mapping[str, etree._Element], key: str) -> str | None:
    return absent(element_text(cells[key]).strip()) if key in cells else None


def _caveats(value: str | None) -> list[str]:
    """`EXDIS - Exclusive Distribution Only, STADIS - ...` -> EXDIS, STADIS."""
    return [part.split(" - ")[0].strip() for part in value.split(",")] if value else []


def _tags(cell: etree._Element | None) -> Iterator[str]:
    """The tags, persons in parentheses as telegrams print them."""
    for tag in _linked(cell):
        yield f"({tag})" if "," in tag else tag


def _linked(cell: etree._Element | None) -> Iterator[str]:
    """What each link names, without the explanation that follows in a `<span>`: `GR - Greece; Crete` -> GR."""
    for link in cell.iter("a") if cell is not None else ():
        if name := (link.text or "").strip():
            yield name
