"""PDF files with a text layer, read by pypdf.

What a page prints at its edge is taken out where it returns on other pages: running heads, page numbers, stamps.
"""

import logging
import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from ingest.errors import NotACable
from ingest.formats.optional import needs_documents_extra
from ingest.formats.plain_text import read_plain_text
from ingest.formats.raw_telegram import RawTelegram

if TYPE_CHECKING:
    from pypdf import PdfReader

_HEAD = 1024  # bytes within which the signature stands
_MOST_PAGES = 2_000
_LONGEST = 8 * 1024 * 1024  # characters
_EDGE = 3  # lines at the top and bottom of a page
_MOST_NAMED = 10
_DIGITS = re.compile(r"\d+")
_BROKEN_WORD = re.compile(r"\b([A-Za-z]*[a-z])-[ \t]{0,4}\n[ \t]{0,20}([a-z]+)")
_SOFT_HYPHEN = re.compile(r"\u00ad[ \t]{0,4}(?:\n[ \t]{0,20})?")
_DAMAGED = (
    ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError, NotImplementedError, EOFError,
    ArithmeticError, AssertionError, zlib.error, struct.error,
)  # fmt: skip


def is_pdf(head: bytes) -> bool:
    """Whether the first bytes are a PDF file's."""
    return b"%PDF-" in head[:_HEAD] and (head.startswith(b"%PDF-") or b"\x00" in head or b" obj" in head)


def read_pdf(stream: BinaryIO) -> Iterator[RawTelegram | NotACable]:
    """The text of all pages as one telegram; pages without text are named under its problems."""
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ImportError:
        yield needs_documents_extra("a PDF file")
        return
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # damage is reported as a rejection
    try:
        reader = PdfReader(stream)
        if reader.is_encrypted and not reader.decrypt(""):
            yield NotACable("a PDF file with a password; save it without one")
            return
        pages = _pages(reader)
    except (PyPdfError, *_DAMAGED) as error:
        yield NotACable(f"a damaged PDF file: {' '.join(str(error).split())[:160] or type(error).__name__}")
        return
    yield from _telegrams(pages)


def _pages(reader: "PdfReader") -> list[list[str]]:
    if len(reader.pages) > _MOST_PAGES:
        raise ValueError(f"over {_MOST_PAGES} pages")
    pages, size = [], 0
    for page in reader.pages:
        text = page.extract_text()
        size += len(text)
        if size > _LONGEST:
            raise ValueError(f"over {_LONGEST // 1024 // 1024} MB of text: no telegram is that long")
        pages.append([line.rstrip() for line in text.replace("\x00", "").replace("\u00a0", " ").split("\n")])
    return pages


def _telegrams(pages: Sequence[Sequence[str]]) -> Iterator[RawTelegram | NotACable]:
    empty = [number for number, lines in enumerate(pages, 1) if not any(line.strip() for line in lines)]
    if len(empty) == len(pages):
        yield NotACable(f"a PDF file whose pages hold no text ({len(pages)} scanned); it needs OCR, such as ocrmypdf")
        return
    text = "\n".join("\n".join(lines) for lines in _without_running_heads(pages))
    named = ", ".join(map(str, empty[:_MOST_NAMED]))
    problems = (f"pages without text, which need OCR: {named}",) if empty else ()
    for telegram in read_plain_text(_whole_words(_SOFT_HYPHEN.sub("", text))):
        yield replace(telegram, problems=(*telegram.problems, *problems))


def _without_running_heads(pages: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    """The lines of each page without those at its edge that return on half of the pages; the first of each stays."""
    counts = Counter(form for lines in pages for form in {_form(lines[index]) for index in _edges(lines)})
    running = {form for form, count in counts.items() if count > 1 and count * 2 >= len(pages)}
    seen: set[str] = set()
    for lines in pages:
        edge = {index for index in _edges(lines) if _form(lines[index]) in running}
        repeated = {index for index in edge if _form(lines[index]) in seen}
        seen |= {_form(lines[index]) for index in edge}
        yield [line for index, line in enumerate(lines) if index not in repeated]


def _edges(lines: Sequence[str]) -> list[int]:
    filled = [index for index, line in enumerate(lines) if line.strip()]
    return sorted({*filled[:_EDGE], *filled[-_EDGE:]})


def _form(line: str) -> str:
    return _DIGITS.sub("#", " ".join(line.split()))


def _whole_words(text: str) -> str:
    """The text with words that were divided at line ends in one piece; the hyphen of a compound stays."""
    if "-\n" not in text.replace(" ", ""):
        return text
    words = set(re.findall(r"[A-Za-z]+(?:-[A-Za-z]+)*", _BROKEN_WORD.sub(" ", text)))

    def joined(match: re.Match[str]) -> str:
        first, second = match[1], match[2]
        compound = f"{first}-{second}" in words or (first in words and f"{first}{second}" not in words)
        return f"{first}-{second}\n" if compound else f"{first}{second}\n"

    return _BROKEN_WORD.sub(joined, text)
