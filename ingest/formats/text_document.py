"""A document that is one text: plain or HTML."""

from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from ingest.errors import NotACable
from ingest.formats.decode import decode
from ingest.formats.html_page import is_html, read_html
from ingest.formats.plain_text import read_plain_text
from ingest.formats.raw_telegram import RawTelegram

MAX_TEXT = 8 * 1024 * 1024  # bytes; the longest telegrams have under 1 MB


def read_text_document(stream: BinaryIO) -> Iterator[RawTelegram | NotACable]:
    """The telegram of a text in any encoding, with the problems met in decoding it.

    Raises:
        NotACable: the data is empty, binary or too long.
    """
    data = stream.read(MAX_TEXT + 1)
    text, problems = _decoded(data)
    for telegram in read_html(text) if is_html(text) else read_plain_text(text):
        if isinstance(telegram, NotACable):
            yield telegram
        else:
            yield replace(telegram, problems=(*telegram.problems, *problems))


def _decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    if len(data) > MAX_TEXT:
        raise NotACable(f"over {MAX_TEXT // 1024 // 1024} MB of text: no telegram is that long")
    return decode(data)
