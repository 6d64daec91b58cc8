"""Word files (DOCX): the text of the main part, with the numbers of numbered lists.

Parts are read by the names of their elements without namespaces, because converters differ in these. Page heads and
footers stand in other parts. Deleted text of tracked changes is left out.
"""

import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree  # type: ignore[import-untyped]

from ingest.errors import NotACable
from ingest.formats.docx_numbering import Numbering
from ingest.formats.plain_text import read_plain_text
from ingest.formats.raw_telegram import RawTelegram

_ZIP = b"PK\x03\x04"
_OTHER_OFFICE = {
    b"xl/": "an Excel workbook; save it as CSV",
    b"ppt/": "a PowerPoint file; save its text",
    b"mimetypeapplication/vnd.oasis": "an OpenDocument file; save it as DOCX or text",
    b"mimetypeapplication/epub": "an e-book; save its text",
}
_MAIN, _NUMBERING, _STYLES = "word/document.xml", "word/numbering.xml", "word/styles.xml"
_NOTES = "word/footnotes.xml", "word/endnotes.xml"
_LONGEST = 32 * 1024 * 1024  # bytes of XML
_MAX_RATIO = 200
_SKIPPED = frozenset(("pPr", "rPr", "sectPr", "instrText", "delText", "del", "moveFrom", "Fallback", "pict", "object"))
_AS_TEXT = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError, KeyError, NotImplementedError)


def is_docx(head: bytes) -> bool:
    """Whether the first bytes are those of an office document, which are zip archives."""
    if not head.startswith(_ZIP):
        return False
    word = b"[Content_Types].xml" in head and (b"word/" in head or b"docProps/" in head)
    return word or any(mark in head for mark in _OTHER_OFFICE if b"[Content_Types]" in head or mark.startswith(b"mime"))


def read_docx(stream: BinaryIO) -> Iterator[RawTelegram | NotACable]:
    """The text as a telegram; an office document of another kind is refused."""
    yield from read_plain_text(docx_text(stream))


def docx_text(stream: BinaryIO, notes: bool = False) -> str:
    """The text of a Word file, a line for each paragraph; with `notes`, footnotes and endnotes behind it.

    Raises:
        NotACable: it is damaged, an office document of another kind, or unpacks to far more than its size.
    """
    try:
        with zipfile.ZipFile(stream) as archive:
            if _MAIN not in archive.namelist():
                raise NotACable(_other_kind(archive))
            bodies = [_part(archive, name) for name in (_MAIN, *(_NOTES if notes else ()))]
            numbering = Numbering(_part(archive, _NUMBERING), _part(archive, _STYLES))
    except (*_DAMAGED, etree.XMLSyntaxError) as error:
        raise NotACable(f"a damaged Word file: {' '.join(str(error).split())[:160]}") from error
    text = "".join(piece for body in bodies if body is not None for piece in _text(body, numbering))
    return text.replace("\u00a0", " ").replace("\u00ad", "")


def _other_kind(archive: zipfile.ZipFile) -> str:
    names = archive.namelist()
    start = b"".join(name.encode() + b"\n" for name in names[:200])
    if names[:1] == ["mimetype"]:
        start = b"mimetype" + archive.read("mimetype")[:80]
    return next((reason for mark, reason in _OTHER_OFFICE.items() if mark in start), "an office document without text")


def _part(archive: zipfile.ZipFile, name: str) -> etree._Element | None:
    """The root of a part; None where the file has no such part."""
    if name not in archive.namelist():
        return None
    info = archive.getinfo(name)
    if info.file_size > _LONGEST or info.file_size > max(1024 * 1024, _MAX_RATIO * info.compress_size):
        raise NotACable("a Word file that unpacks to far more than its size: an archive bomb")
    with archive.open(info) as stream:
        data = stream.read(_LONGEST + 1)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True)
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.doctype:
        raise NotACable("a Word file that declares XML entities, as no word processor does")
    return root


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _text(element: etree._Element, numbering: Numbering) -> Iterator[str]:
    for child in element:
        name = _name(child)
        if name in _SKIPPED:
            continue
        if name == "t":
            yield child.text or ""
        elif name in _AS_TEXT:
            yield _AS_TEXT[name]
        elif name == "p":
            yield numbering.label(child)
            yield from _text(child, numbering)
            yield "\n"
        elif name == "tr":
            cells = ["".join(_text(cell, numbering)).strip("\n") for cell in child if _name(cell) == "tc"]
            # A row of short cells is a line; a cell of several lines is text of its own.
            yield ("\n" if any("\n" in cell for cell in cells) else "\t").join(cells) + "\n"
        else:
            yield from _text(child, numbering)
