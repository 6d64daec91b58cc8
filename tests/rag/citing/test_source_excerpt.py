from rag.catalog.catalog import Catalog
from rag.citing.citable import Holding
from rag.citing.source_excerpt import SourceExcerpt, source_excerpts
from rag.domain.access import Clearance
from rag.domain.answer import Quote
from rag.domain.marking import Level
from tests.rag.samples import make_cable

TEXT = "The lamp was lit. Nobody saw it. The bell rang."
HOLDING = Holding("Sample Archive", "https://cables.example")


def quote(text: str, start: int, key: str = "08QUILL1#1") -> dict[str, object]:
    return Quote(key, "QUILL 1 ¶1", text, start, start + len(text)).json()


def test_quoted_words_are_marked_where_they_stand(catalog: Catalog) -> None:
    catalog.put(make_cable("08QUILL1", TEXT))
    quotes = [quote("The bell rang.", 33), quote("The lamp was lit.", 0), quote("was lit. Nobody saw it.", 9)]
    [found] = source_excerpts(catalog, [*quotes, quote("The moon.", 0)], HOLDING)
    assert found.pieces == (("The lamp was lit. Nobody saw it.", True), (" ", False), ("The bell rang.", True))
    assert found.elsewhere == ("The moon.",)
    assert found.about == ("A MATTER OF LIGHTHOUSES", "28 August 2008", "Confidential")
    assert found.note == (
        "Quill, “A MATTER OF LIGHTHOUSES,” confidential cable 08QUILL1, August 28, 2008, para. 1, "
        "Sample Archive, https://cables.example/read/08QUILL1#p1."
    )
    assert found.url == "https://cables.example/read/08QUILL1#p1"


def test_a_cable_and_what_the_reader_may_not_see(catalog: Catalog) -> None:
    catalog.put(make_cable("08QUILL1", TEXT, ("U", "Open.")))
    cited = [quote("", 0, "08QUILL1"), quote("", 0, "08QUILL1#1"), quote("", 0, "08QUILL9#1")]
    cable, *gone = source_excerpts(catalog.as_reader(Clearance(Level.U)), cited, Holding())
    assert (cable.pieces, cable.about, cable.url) == ((), ("28 August 2008",), None)
    assert gone == [SourceExcerpt(key, "QUILL 1 ¶1") for key in ("08QUILL1#1", "08QUILL9#1")]
