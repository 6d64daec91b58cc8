"""A document that is one text."""

import io

import pytest

from ingest.errors import NotACable
from ingest.formats.raw_telegram import RawTelegram
from ingest.formats.text_document import MAX_TEXT, read_text_document
from tests.ingest.documents import telegram


def test_problems_of_decoding_are_the_telegram_s() -> None:
    (raw,) = read_text_document(io.BytesIO(telegram().replace("licence", "licencé").encode("cp1252")))
    assert isinstance(raw, RawTelegram) and raw.problems == ("read as cp1252: the text is not utf-8",)


@pytest.mark.parametrize("data", [b"", b"x" * (MAX_TEXT + 1), bytes(range(256))])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(NotACable):
        list(read_text_document(io.BytesIO(data)))
