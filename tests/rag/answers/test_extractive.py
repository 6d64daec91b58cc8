import pytest

from rag.answers.abstention import Abstention
from rag.answers.extractive import abstained, quoted
from rag.archive import Archive, extractor
from rag.domain.retrieved_paragraph import QuotedSpan
from rag.query.parsed_query import ParsedQuery
from tests.rag.samples import make_retrieved

PARAGRAPH = make_retrieved("08QUILL1#1", "Oskar Vell was arrested. He denied it.")


def test_quotes_are_verbatim_and_cited_to_their_paragraph() -> None:
    extract = quoted([QuotedSpan(PARAGRAPH, span) for span in PARAGRAPH.sentences])
    assert [sentence.citations for sentence in extract.sentences] == [("08QUILL1#1",)] * 2
    assert [PARAGRAPH.text[quote.start : quote.end] for quote in extract.quotes] == [
        quote.quote for quote in extract.quotes
    ]


def test_an_abstention_alone_quotes_nothing() -> None:
    extract = abstained(Abstention("not found"))
    assert (extract.sentences, extract.quotes, extract.abstention) == ((), (), Abstention("not found"))


@pytest.mark.parametrize("question", ["What did the chef of the opera sing about zeppelins?", "zzz"])
def test_nothing_is_quoted_where_nothing_is_near(sample: Archive, question: str) -> None:
    own = extractor(sample.catalog, sample.judge, sample.indexes.lexical)
    extract = own.extract(ParsedQuery(question), [PARAGRAPH][:0])
    assert extract.abstention is not None and extract.abstention.final
