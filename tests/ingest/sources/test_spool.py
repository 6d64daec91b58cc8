"""Streams that can be read once as documents that can be opened repeatedly."""

import io

import pytest

from ingest.sources.document import Document, Rejection
from ingest.sources.spool import IN_MEMORY, TooLarge, read_limited, spool

_ROW = b'"1","8/26/2008 9:04","08X1","E","U","","h","b"\n'
_DUMP = _ROW + b"x" * IN_MEMORY


def test_small_streams_are_kept_in_memory() -> None:
    assert spool(io.BytesIO(b"lamp"), "a.txt", 10) == Document("a.txt", b"lamp")


def test_a_large_dump_can_be_opened_again_from_its_start() -> None:
    document = spool(io.BytesIO(_DUMP), "a.csv", 2 * IN_MEMORY)
    assert isinstance(document, Document) and document.data == b""
    for _ in range(2):
        with document.open() as stream:
            assert stream.read(len(_ROW)) == _ROW


def test_other_large_streams_are_rejected() -> None:
    result = spool(io.BytesIO(b"x" * (IN_MEMORY + 1)), "a.txt", 2 * IN_MEMORY)
    assert isinstance(result, Rejection) and "not a dump" in result.reason


@pytest.mark.parametrize(("data", "limit"), [(b"lamp", 3), (_DUMP, IN_MEMORY + 10)])
def test_more_than_the_limit_is_an_error(data: bytes, limit: int) -> None:
    with pytest.raises(TooLarge):
        spool(io.BytesIO(data), "a", limit)


def test_reading_stops_at_the_size_or_the_end() -> None:
    assert read_limited(io.BytesIO(b"lamps"), 4) == b"lamp"
    assert read_limited(io.BytesIO(b"lamps"), 9) == b"lamps"
