import io
import zipfile

import pytest

from ingest.errors import NotACable
from ingest.formats.draft_text import draft_text
from tests.ingest.documents import docx, paragraphs


def test_text_and_markdown_are_as_they_are() -> None:
    draft = "# A title\n\n> quoted “words”\n\n— TOKYO 2367 ¶3\n"
    assert draft_text(draft.encode()) == draft


def test_of_html_the_visible_text_is_left_and_block_quotations_are_marked() -> None:
    page = "<html><body><p>As <a href='x'>TOKYO\n 2367 ¶3</a>:</p><blockquote><p>One.</p><p>Two.</p></blockquote></body></html>"
    lines = [line for line in draft_text(page.encode()).splitlines() if line]
    assert lines == ["As TOKYO 2367 ¶3:", "> One.", "> Two."]


def test_of_a_word_file_the_notes_come_last() -> None:
    file = io.BytesIO(docx(paragraphs("The lamp is lit.")))
    with zipfile.ZipFile(file, "a") as archive:
        note = "<w:footnote><w:p><w:r><w:t>TOKYO 2367 ¶3.</w:t></w:r></w:p></w:footnote>"
        archive.writestr("word/footnotes.xml", f'<w:footnotes xmlns:w="w">{note}</w:footnotes>')
    assert draft_text(file.getvalue()).split("\n") == ["The lamp is lit.", "TOKYO 2367 ¶3.", ""]


@pytest.mark.parametrize(
    ("data", "words"), [(b"", "empty"), (b"%PDF-1.7 x", "binary"), (docx("<w:p>")[:-30], "damaged Word file")]
)
def test_what_cannot_be_read_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(NotACable, match=words):
        draft_text(data)
