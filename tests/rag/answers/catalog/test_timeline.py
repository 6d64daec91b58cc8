from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from rag.answers.catalog.timeline import Timeline
from rag.answers.catalog.topic_words import TopicWords
from rag.domain.filters import Filters
from rag.domain.retrieved_paragraph import RetrievedParagraph
from rag.query.cable_conditions import CableConditions
from tests.rag.samples import make_retrieved

SENT = datetime(2009, 12, 2, tzinfo=UTC)
FOUND = [
    make_retrieved("09QUILL2#1", "The uranium left on November 20. The casks wait.", day=SENT),
    make_retrieved("09QUILL3#1", "A uranium plan was made.", day=datetime(2009, 1, 5, tzinfo=UTC)),
    make_retrieved("09QUILL4#1", "The choir sang on May 1.", day=SENT),
    make_retrieved("09QUILL5#1", "The uranium has no date.", day=None),
]


def found(topic: str, filters: Filters, k: int) -> list[RetrievedParagraph]:
    return FOUND


def read(keys: Sequence[str]) -> list[RetrievedParagraph]:
    return []


def rarity(words: Iterable[str]) -> dict[str, float]:
    return dict.fromkeys(words, 1.0)


def test_dates_named_come_first_else_those_of_the_cables_oldest_first() -> None:
    reply = Timeline(found, read, TopicWords(rarity)).answer(CableConditions(topic="the uranium"), Filters())
    assert reply.table is not None
    assert reply.table.rows == (
        ("2009-01-05", "09QUILL3#1", "QUILL 3 ¶1", "A uranium plan was made."),
        ("2009-11-20", "09QUILL2#1", "QUILL 2 ¶1", "The uranium left on November 20."),
    )
    assert reply.sentences[0].text == "2 dated entries on the uranium, oldest first."
    assert reply.sentences[0].citations == ("09QUILL3#1", "09QUILL2#1")
    assert all(quote.quote for quote in reply.quotes)


def test_a_topic_without_paragraphs_has_no_entries() -> None:
    reply = Timeline(found, read, TopicWords(rarity)).answer(CableConditions(topic="glaciers"), Filters())
    assert reply.table is not None and reply.table.rows == ()
    assert reply.sentences[0].text == "No dated entry on glaciers."
