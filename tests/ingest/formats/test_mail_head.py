"""Heads of forwarded mail within a text."""

import pytest

from ingest.formats.mail_head import without_mail_heads
from tests.ingest.documents import one, telegram


@pytest.mark.parametrize(
    "head",
    [
        "FYI\n\n-----Original Message-----\nFrom: Doe, Jane\nSent: Thursday, May 02, 2002\nTo: Roe\nSubject: FW: look\n\n",
        "---------- Forwarded message ---------\nFrom: Jane <j@example.org>\nDate: Thu, May 2, 2002\nSubject: look\nTo: <r@example.org>\n\n",
        "From: Jane\nSent: today\nTo: Roe;\n  Poe\nSubject: look\n\n",
    ],
)
def test_a_mail_s_subject_is_not_the_telegram_s(head: str) -> None:
    cable = one(head + telegram())
    assert cable.subject == 'STATION SUSPENDS "NEWS", AGAIN' and "look" not in repr(cable)


def test_other_lines_stay() -> None:
    text = "FROM: AMEMBASSY\nSUBJECT: x\nTAGS: y\nFrom: us\nTo: you\n"
    assert without_mail_heads(text) == text
