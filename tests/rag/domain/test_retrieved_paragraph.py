from datetime import UTC, datetime

from rag.domain.retrieved_paragraph import QuotedSpan
from tests.rag.samples import make_retrieved

PARAGRAPH = make_retrieved("08QUILL1#2", "It rained. Nobody minded.", "U", datetime(2008, 8, 28, tzinfo=UTC), "WEATHER")


def test_the_search_object_has_the_fields_of_paragraph_and_cable() -> None:
    assert PARAGRAPH.json() == {
        "key": "08QUILL1#2",
        "citation": "QUILL 1 ¶2",
        "cable_id": "08QUILL1",
        "date": "2008-08-28T00:00:00Z",
        "subject": None,
        "heading": "WEATHER",
        "marking": "U",
        "text": "It rained. Nobody minded.",
        "score": 1.0,
    }


def test_a_quoted_span_has_its_words() -> None:
    assert [QuotedSpan(PARAGRAPH, span).text for span in PARAGRAPH.sentences] == ["It rained.", "Nobody minded."]
