"""Invented telegrams in the files of word processors and mail programs, made by hand to the letter of their formats."""

import io
import zipfile
from email.message import EmailMessage
from html import escape
from typing import Any

from ingest.parser import read
from ingest.sources.budget import UnpackingBudget
from ingest.sources.containers import expanded
from ingest.sources.document import Document, Rejection
from rag.domain.cable import Cable

TRANSMISSION = "R 021200Z MAY 02\nFM AMEMBASSY HARARE\nTO SECSTATE WASHDC"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def body(serial: int = 1051, post: str = "HARARE") -> str:
    """A telegram without its transmission lines, with quotes and delimiters of every kind in its text."""
    return (
        f"UNCLAS {post} 00{serial}\n\nSIPDIS\n\nE.O. 12958: N/A\nTAGS: ZI PREL PHUM\n"
        'SUBJECT: STATION SUSPENDS "NEWS", AGAIN\n\n'
        "1. (U) A broadcaster, nominally independent; has suspended\nits evening news.\n\n"
        "2. (C) The licence ends on May 31.\n\nSULLIVAN\n"
    )


def telegram(serial: int = 1051) -> str:
    """The whole telegram."""
    return f"{TRANSMISSION}\n{body(serial)}"


def results(data: bytes | str, name: str = "a") -> list[Cable | Rejection]:
    """What an input gives, containers opened."""
    data = data.encode() if isinstance(data, str) else data
    found: list[Cable | Rejection] = []
    for each in expanded(Document(name, data), UnpackingBudget(len(data))):
        found += [each] if isinstance(each, Rejection) else read(each)
    return found


def summary(data: bytes | str, name: str = "a") -> list[str]:
    """Id, markings and signers of each cable, or the reason of each rejection."""
    return [
        each.reason
        if isinstance(each, Rejection)
        else f"{each.id} {''.join(p.marking or '-' for p in each.paragraphs)} {' '.join(each.signers)}".rstrip()
        for each in results(data, name)
    ]


def one(data: bytes | str, name: str = "a") -> Cable:
    """The one cable of an input."""
    (cable,) = results(data, name)
    assert isinstance(cable, Cable), cable
    return cable


def reason(data: bytes | str, name: str = "a") -> str:
    """Why an input is rejected as a whole."""
    (rejection,) = results(data, name)
    assert isinstance(rejection, Rejection), rejection
    assert rejection.name == name
    return rejection.reason


def pdf(*pages: str) -> bytes:
    """A PDF file with these pages; an empty one has no text, as a scan."""
    count = len(pages)
    kids = b" ".join(b"%d 0 R" % (4 + 2 * index) for index in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    ]
    for index, page in enumerate(pages):
        stream = b"BT /F1 10 Tf 12 TL 50 780 Td\n" + b"".join(map(_pdf_line, page.split("\n"))) + b"ET" if page else b""
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 842] /Resources << /Font << /F1 3 0 R >> >> "
            b"/Contents %d 0 R >>" % (5 + 2 * index)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    file = io.BytesIO(b"%PDF-1.4\n")
    file.seek(0, io.SEEK_END)
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(file.tell())
        file.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    table = file.tell()
    file.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    file.write(b"".join(b"%010d 00000 n \n" % offset for offset in offsets))
    file.write(b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, table))
    return file.getvalue()


def _pdf_line(line: str) -> bytes:
    text = line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"(%s) Tj T*\n" % text


def paragraphs(text: str, properties: str = "") -> str:
    """A paragraph of Word for each line."""
    return "".join(
        f'<w:p>{properties}<w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in text.split("\n")
    )


def docx(content: str, declaration: str = "", **parts: str) -> bytes:
    """A Word file with this content; `parts` are further files of its folder `word`."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        document = f'{declaration}<w:document xmlns:w="{WORD}"><w:body>{content}</w:body></w:document>'
        archive.writestr("word/document.xml", document)
        for name, part in parts.items():
            archive.writestr(f"word/{name}.xml", part)
    return file.getvalue()


def mail(text: str, **options: Any) -> EmailMessage:
    """A message with this text."""
    message = EmailMessage()
    message["From"] = "Jane Doe <jane@example.org>"
    message["To"] = "desk@example.org"
    message["Subject"] = "FW: have a look"
    message["Message-ID"] = "<1@example.org>"
    message.set_content(text, **options)
    return message
