from rag.answers.name_coverage import Mentioned, NameCoverage, SearchedCount
from rag.archive import Archive
from rag.domain.filters import Filters


def coverage(archive: Archive) -> NameCoverage:
    return NameCoverage(archive.catalog, archive.indexes.lexical)


def test_a_name_that_no_cable_mentions_is_unknown(sample: Archive) -> None:
    assert coverage(sample).unknown("What did Zanzibar promise Valdoria?", Filters()) == ("Zanzibar",)


def test_peoples_and_the_readers_own_government_are_never_unknown(sample: Archive) -> None:
    assert coverage(sample).unknown("What did the Norwegian envoy tell Washington?", Filters()) == ()


def test_capitals_throughout_name_nobody(sample: Archive) -> None:
    assert coverage(sample).unknown("WHAT DID ZANZIBAR PROMISE", Filters()) == ()


def test_the_rarest_name_is_told_first() -> None:
    counts = SearchedCount(41, "from Madrid in 2007", (Mentioned("Valdoria", 12), Mentioned("Tbilisi", 0)))
    assert counts.sentence() == "0 of 41 cables from Madrid in 2007 mention Tbilisi, 12 Valdoria"
    assert SearchedCount(41, "").sentence() == "searched 41 cables"


def test_mentions_are_counted_by_cable(sample: Archive) -> None:
    counts = coverage(sample).searched("What did Zanzibar promise Valdoria?", Filters())
    mentioned = {name.words: name.cables for name in counts.mentioned}
    assert counts.within == sample.catalog.size().cables
    assert mentioned["Zanzibar"] == 0 < mentioned["Valdoria"] <= counts.within
