"""Containers in containers."""

import gzip

from tests.ingest.documents import mail, reason, results, summary, telegram
from tests.ingest.sources.samples import zipped

_ONE = "02HARARE1051 UC SULLIVAN"


def test_compressed_files_and_mail_in_an_archive() -> None:
    message = bytes(mail(telegram()))
    mailbox = b"From a@example.org Thu May  2 12:00:00 2002\n" + message
    members = {"a.txt.gz": gzip.compress(telegram().encode()), "mail/1": message, "mail/Inbox": mailbox}
    assert summary(zipped(members)) == [_ONE] * 3


def test_an_archive_in_mail_is_read_and_one_in_an_archive_is_not() -> None:
    message = mail("See the archive.")
    message.add_attachment(
        zipped({"a.txt": telegram().encode()}), maintype="application", subtype="zip", filename="a.zip"
    )
    assert summary(bytes(message))[1:] == [_ONE]
    assert any("inside an archive" in each for each in summary(zipped({"m.eml": bytes(message)})))


def test_depth_is_bounded() -> None:
    data = telegram().encode()
    for _ in range(9):
        data = gzip.compress(data)
    assert "too many containers" in reason(data)
    assert len(results(gzip.compress(gzip.compress(telegram().encode())))) == 1
