"""Files compressed by gzip, bzip2 or xz."""

import bz2
import gzip
import lzma
import tarfile
from collections.abc import Callable

import pytest

from tests.ingest.documents import reason, results, summary, telegram
from tests.ingest.invented import dump, row
from tests.ingest.sources.samples import tarred

_ONE = ["02HARARE1051 UC SULLIVAN"]


@pytest.mark.parametrize("compress", [gzip.compress, bz2.compress, lzma.compress])
def test_one_document_in_a_file(compress: Callable[[bytes], bytes]) -> None:
    assert summary(compress(telegram().encode()), "02HARARE1051.txt.gz") == _ONE
    assert summary(compress(dump(row()))) == ["08QUILLHAVEN2340 CC AVERSTRAND"]
    assert summary(compress(compress(telegram().encode()))) == _ONE


def test_a_tar_archive_is_still_one() -> None:
    (cable,) = results(tarred([(tarfile.TarInfo("x/a.txt"), telegram().encode())], "w:bz2"), "a.tbz")
    assert "a.tbz!x/a.txt" in repr(cable)


def test_bombs_and_damaged_files_are_refused() -> None:
    assert "no telegram is that large" in reason(gzip.compress(b"0" * 20_000_000))
    row_of_zeros = dump(row())[:-10] + b"0" * 40_000_000
    assert "bomb" in reason(gzip.compress(row_of_zeros))
    assert "damaged" in reason(gzip.compress(telegram().encode())[:-12])
    assert "damaged" in reason(b"BZh9 not really") and "damaged" in reason(b"\xfd7zXZ\x00 not really")
