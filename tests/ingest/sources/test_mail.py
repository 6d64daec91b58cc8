"""Messages of mail programs."""

import pytest

from ingest.sources.mail import is_mail
from rag.domain.cable import Cable
from tests.ingest.documents import docx, mail, one, paragraphs, reason, results, summary, telegram

_ONE = "02HARARE1051 UC SULLIVAN"


@pytest.mark.parametrize(
    "options",
    [{"cte": "base64"}, {"cte": "quoted-printable"}, {"charset": "windows-1252", "cte": "quoted-printable"}],
)
def test_transfer_encodings(options: dict[str, str]) -> None:
    cable = one(bytes(mail(telegram().replace("licence", "licencé"), **options)))
    assert cable.paragraphs[1].text == "The licencé ends on May 31."
    assert cable.subject == 'STATION SUSPENDS "NEWS", AGAIN' and "example" not in repr(cable)


def test_an_html_part_serves_where_the_plain_one_says_nothing() -> None:
    markup = f"<html><body><div>{telegram()}</div></body></html>".replace("\n", "<br>\n")
    for plain in ("This message needs a viewer.", telegram()):
        message = mail(plain)
        message.add_alternative(markup, subtype="html")
        assert summary(bytes(message)) == [_ONE]


def test_attachments_are_documents_of_their_own() -> None:
    message = mail("See below.\n\n-- \nJane Doe\n")
    message.add_attachment(telegram().encode(), maintype="application", subtype="octet-stream", filename="../a.txt")
    message.add_attachment(
        docx(paragraphs(telegram(1052))), maintype="application", subtype="msword", filename="b.docx"
    )
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    message.add_attachment(mail(telegram(1053)))
    cover, *cables = results(bytes(message), "m.eml")
    assert not isinstance(cover, Cable)
    assert [each.source for each in cables if isinstance(each, Cable)] == [
        "m.eml!a.txt",
        "m.eml!b.docx",
        "m.eml!part 3",
    ]
    assert [str(each.id) for each in cables if isinstance(each, Cable)] == [
        "02HARARE1051",
        "02HARARE1052",
        "02HARARE1053",
    ]


def test_a_signature_of_the_sender_is_no_text() -> None:
    assert "Jane" not in repr(one(bytes(mail(f"{telegram()}\n-- \nJane Doe\nDesk\n"))))


def test_wrong_declarations() -> None:
    head = b'From: a@example.org\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/plain; charset="x-none"\n\n'
    assert (
        one(head + telegram().replace("licence", "licencé").encode("cp1252"))
        .paragraphs[1]
        .text.startswith("The licencé")
    )
    assert one(head.replace(b"x-none", b"utf\0") + telegram().encode()).signers == ("SULLIVAN",)
    assert "without text" in reason(b"From: a@example.org\nSubject: x\nMIME-Version: 1.0\n\n")


def test_files_of_apple_mail() -> None:
    message = bytes(mail(telegram()))
    assert summary(f"{len(message)}\n".encode() + message + b"<?xml version='1.0'?><plist/>") == [_ONE]


def test_mail_is_told_from_telegrams() -> None:
    assert is_mail(b"Return-Path: <a@example.org>\r\nReceived: from x\r\n by y\r\nSubject: z\r\n\r\ntext")
    assert is_mail(b"From: A <a@example.org>\nTo: b\nSubject: z\n\ntext")
    assert not is_mail(b"FROM: AMEMBASSY HARARE\nTO: SECSTATE\nSUBJECT: RAIN\n\n1. TEXT")
    assert not is_mail(telegram().encode()) and not is_mail(b"")
