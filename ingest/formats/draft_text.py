"""The text of a draft that cites cables: text and Markdown as they are, HTML and Word files without markup."""

import io

from ingest.formats.decode import decode
from ingest.formats.docx import docx_text, is_docx
from ingest.formats.html_page import is_html
from ingest.formats.html_text import parse_html, visible_lines

_IN_QUOTATION = frozenset(("blockquote", "p", "div", "li", "pre"))


def draft_text(data: bytes) -> str:
    """The text of a file; block quotations of HTML are marked with `>`, notes of a Word file stand at its end.

    Raises:
        NotACable: it is empty, binary, or a Word file that cannot be read.
    """
    if is_docx(data):
        return docx_text(io.BytesIO(data), notes=True)
    text, _ = decode(data)
    root = parse_html(text) if is_html(text) else None
    if root is None:
        return text
    for quotation in root.iter("blockquote"):
        for element in quotation.iter():
            if element.tag in _IN_QUOTATION and (element.text or "").strip():
                element.text = f"> {element.text.lstrip()}"
    return "\n".join(_one_line(line) for line in visible_lines(root))


def _one_line(line: str) -> str:
    return " ".join(line.split())
