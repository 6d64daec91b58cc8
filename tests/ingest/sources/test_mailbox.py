"""Mailboxes."""

import mailbox
from pathlib import Path

from ingest.sources.budget import UnpackingBudget
from ingest.sources.document import Document
from ingest.sources.mailbox import is_mailbox, messages
from tests.ingest.documents import mail, results, summary, telegram

_LINE = "From here, in May 2002 at 12:00, the road is closed 2002\n"


def _mailbox(folder: Path) -> bytes:
    box = mailbox.mbox(folder / "box")
    for serial in (1051, 1052):
        box.add(mail(telegram(serial).replace("2. (C)", f"{_LINE}\n2. (C)")))
    box.close()
    return (folder / "box").read_bytes()


def test_each_message_is_a_document(tmp_path: Path) -> None:
    data = _mailbox(tmp_path)
    for form in (data, data.replace(b"\n", b"\r\n"), data.replace(b">From here", b"From here")):
        assert summary(form) == ["02HARARE1051 UC SULLIVAN", "02HARARE1052 UC SULLIVAN"]
        first, _ = results(form, "box.mbox")
        assert "box.mbox!1" in repr(first) and ">From" not in repr(first) and "the road is closed" in repr(first)


def test_messages_are_told_by_their_first_lines() -> None:
    assert is_mailbox(b"From - Thu May 02 12:00:00 2002\r\nX-Mozilla-Status: 0001\r\n")
    assert not is_mailbox(b"From here on, the road is closed.\nIt rains.") and not is_mailbox(b"From: a@example.org\n")


def test_a_message_that_is_too_large_does_not_stop_the_rest() -> None:
    separator = b"From a@example.org Thu May  2 12:00:00 2002\n"
    large = separator + b"Subject: x\n\n" + (b"x" * 1023 + b"\n") * 66_000 + b"\n"
    found = list(messages(Document("box", large + separator + bytes(mail("y"))), UnpackingBudget(len(large))))
    assert [type(each).__name__ for each in found] == ["Rejection", "Document"]
