import numpy as np
import pytest

from rag.answers.abstention import Abstention
from rag.answers.assembly import extractor
from rag.answers.evidence import CandidateSentence
from rag.answers.extractive import abstained, beside, quoted
from rag.answers.passages import Passage
from rag.archive import Archive
from rag.domain.answer import Sentence
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


LIT = "The lantern of Quill was lit on 3 May by the keeper."
OLD = "It is the oldest lantern of the coast."


def passages_beside() -> list[Passage]:
    """A passage of each sentence, each of a paragraph of its own."""
    nothing = np.zeros(1, dtype=np.float32)
    pairs = enumerate(((OLD, -1.0), (LIT, 1.0)), 12)
    paragraphs = [(make_retrieved(f"08QUILL{number}#1", text), odds) for number, (text, odds) in pairs]
    candidates = [CandidateSentence(each, 0, 0.0, odds, nothing, nothing) for each, odds in paragraphs]
    return [Passage(each, frozenset({0}), nothing, len(each.quoted.text.split()), True) for each in candidates]


@pytest.mark.parametrize(
    ("written", "words", "expected"),
    [
        ("The keeper was glad.", 60, [LIT, OLD]),
        ("The keeper was glad.", 16, [LIT]),
        ("The keeper was glad.", 1, [LIT]),
        ("The lantern was lit on 3 May by the keeper.", 60, [OLD]),
        ("The lantern of Quill was lit in May by the keeper.", 60, [LIT, OLD]),
    ],
)
def test_beside_what_was_written_stands_the_likeliest_that_is_new(
    written: str, words: int, expected: list[str]
) -> None:
    extract = beside([Sentence(written, ())], passages_beside(), words)
    assert [sentence.text for sentence in extract.sentences] == expected
