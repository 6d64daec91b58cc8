"""Word files, and office files of other kinds."""

import io
import zipfile

import pytest

from ingest.formats.docx import is_docx
from tests.ingest.documents import docx, one, paragraphs, reason, telegram

_ENTITIES = '<!DOCTYPE d [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
_EXTERNAL = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "content",
    [
        paragraphs(telegram()),
        f"<w:tbl><w:tr><w:tc>{paragraphs(telegram())}</w:tc></w:tr></w:tbl>",
        f"<w:p><w:r>{'<w:br/>'.join(f'<w:t>{line}</w:t>' for line in telegram().split(chr(10)))}</w:r></w:p>",
    ],
    ids=["paragraphs", "table", "breaks"],
)
def test_text(content: str) -> None:
    cable = one(docx(content))
    assert [each.marking for each in cable.paragraphs] == ["U", "C"] and cable.signers == ("SULLIVAN",)


def test_deleted_text_and_field_codes_are_left_out_and_rows_of_a_table_are_lines() -> None:
    changed = "<w:p><w:r><w:t>3. (U) Rice</w:t><w:tab/><w:instrText>PAGE</w:instrText></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>"
    row = "<w:tr>" + "".join(f"<w:tc>{paragraphs(cell)}</w:tc>" for cell in ("maize", "40")) + "</w:tr>"
    head = telegram().rpartition("SULLIVAN")[0]
    layout = one(docx(f"{paragraphs(head)}{changed}<w:tbl>{row}</w:tbl>")).paragraphs[2].layout
    assert layout == "Rice\nmaize\t40"


@pytest.mark.parametrize("declaration", [_ENTITIES, _EXTERNAL])
def test_entities_are_refused(declaration: str) -> None:
    assert "entities" in reason(docx("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>".replace("&b;", "x"), declaration))


def test_bombs_and_damaged_files_are_refused() -> None:
    assert "bomb" in reason(docx(" " * 20_000_000))
    assert "damaged Word file" in reason(docx("<w:p>"))
    assert "damaged Word file" in reason(docx(paragraphs(telegram()))[:-30])


def test_other_office_files_are_named() -> None:
    for names, kind in (
        (("[Content_Types].xml", "xl/workbook.xml"), "Excel"),
        (("mimetype", "content.xml"), "OpenDocument"),
    ):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            for name in names:
                archive.writestr(name, "application/vnd.oasis.opendocument.text" if name == "mimetype" else "x")
        assert kind in reason(file.getvalue())
    assert not is_docx(b"PK\x03\x04 word/x.txt")
