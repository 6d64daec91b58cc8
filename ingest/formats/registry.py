"""The formats of documents, each recognised by its first bytes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from ingest.errors import NotACable
from ingest.formats.docx import is_docx, read_docx
from ingest.formats.dump_csv import is_dump, read_dump
from ingest.formats.json_records import is_json, read_json
from ingest.formats.pdf import is_pdf, read_pdf
from ingest.formats.raw_telegram import RawTelegram
from ingest.formats.rtf import is_rtf, read_rtf
from ingest.formats.text_document import read_text_document

HEAD = 64 * 1024  # bytes that tell a format


@dataclass(frozen=True, slots=True)
class Format:
    """How a format is recognised and read. Reading may raise NotACable for the whole document.

    `numbered`: it holds records, which are named by their numbers. `large`: a document may exceed the memory that
    text may take, because it is read in parts.
    """

    recognises: Callable[[bytes], bool]
    read: Callable[[BinaryIO], Iterator[RawTelegram | NotACable]]
    numbered: bool = False
    large: bool = False


_TEXT = Format(lambda head: True, read_text_document)
_FORMATS = (
    Format(is_pdf, read_pdf, large=True),
    Format(is_docx, read_docx, large=True),
    Format(is_rtf, read_rtf),
    Format(is_json, read_json, numbered=True, large=True),
    Format(is_dump, read_dump, numbered=True, large=True),
)


def format_of(head: bytes) -> Format:
    """The format of a document that begins with these bytes; text where it is no other."""
    return next((known for known in _FORMATS if known.recognises(head)), _TEXT)
