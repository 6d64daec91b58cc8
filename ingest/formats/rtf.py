"""RTF files, read by striprtf; page heads, footers and pictures are left out."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from ingest.errors import NotACable
from ingest.formats.optional import needs_documents_extra
from ingest.formats.plain_text import read_plain_text
from ingest.formats.raw_telegram import RawTelegram

_LONGEST = 8 * 1024 * 1024  # bytes
_SOFT_HYPHEN = "\u00ad"
_CELL_EDGE = re.compile(r"(?m)^\|+|\|+$")


def is_rtf(head: bytes) -> bool:
    """Whether the first bytes are an RTF file's."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf")


def read_rtf(stream: BinaryIO) -> Iterator[RawTelegram | NotACable]:
    """The visible text as a telegram."""
    try:
        from striprtf.striprtf import rtf_to_text
    except ImportError:
        yield needs_documents_extra("an RTF file")
        return
    data = stream.read(_LONGEST + 1)
    if len(data) > _LONGEST:
        yield NotACable(f"an RTF file of over {_LONGEST // 1024 // 1024} MB: no telegram is that long")
        return
    try:
        rtf = _harmless(data.decode("cp1252", errors="replace"))
        text: str = rtf_to_text(rtf, errors="replace")  # type: ignore[no-untyped-call]
    except (ValueError, OverflowError, LookupError) as error:
        yield NotACable(f"a damaged RTF file: {' '.join(str(error).split())[:160]}")
        return
    text = _CELL_EDGE.sub("", text.replace(_SOFT_HYPHEN, "").replace("\u00a0", " ").replace("\u2011", "-"))
    yield from read_plain_text(text)


def _harmless(rtf: str) -> str:
    # striprtf searches links and the font table with patterns that take quadratic time on a crafted line. Links then
    # lose their targets, which no telegram has. Fonts then have the document's code page.
    return rtf.replace("\\fldinst{", "\\fldinst {").replace("\\fonttbl", "\\filetbl")
