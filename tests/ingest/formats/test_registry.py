"""A format is told by contents, whatever the file is called."""

import pytest

from ingest.formats.registry import format_of
from tests.ingest.documents import docx, paragraphs, pdf, telegram
from tests.ingest.invented import dump, html_page, row


@pytest.mark.parametrize(
    ("data", "numbered", "large"),
    [
        (pdf(telegram()), False, True),
        (docx(paragraphs(telegram())), False, True),
        (b"{\\rtf1 x}", False, False),
        (b'[{"id": "x"}]', True, True),
        (dump(row()), True, True),
        (telegram().encode(), False, False),
        (html_page().encode(), False, False),
        (b"", False, False),
    ],
)
def test_formats(data: bytes, numbered: bool, large: bool) -> None:
    known = format_of(data)
    assert (known.numbered, known.large) == (numbered, large)
    assert format_of(data) is known
