import io

from ingest.sources.document import Document


def test_the_bytes_of_a_small_document_are_a_seekable_stream() -> None:
    document = Document("a.txt", b"1. A lantern.")
    with document.open() as stream:
        assert stream.read(2) == b"1."
        stream.seek(0)
        assert stream.read() == document.data


def test_a_large_document_is_opened_anew_each_time() -> None:
    document = Document("dump.csv", opener=lambda: io.BytesIO(b"rows"))
    assert [document.open().read() for _ in range(2)] == [b"rows", b"rows"]
