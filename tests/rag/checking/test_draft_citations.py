import pytest

from rag.catalog.catalog import Catalog
from rag.checking.draft_citations import MOST_CHARACTERS, MOST_CITATIONS, find_draft_citations
from rag.errors import BadInput
from tests.rag.samples import make_cable


@pytest.fixture
def catalog(catalog: Catalog) -> Catalog:
    for cable_id in ("07QUILLBAY12", "08QUILLBAY12", "08QUILLBAY40", "08MADRID12", "08MADRID2367", "08MADRID2007"):
        catalog.put(make_cable(cable_id, "One.", "Two."))
    return catalog


def found(catalog: Catalog, text: str) -> list[tuple[str, tuple[str, ...]]]:
    citations = find_draft_citations(text, catalog)
    return [(text[each.typed.start : each.typed.end], each.cables) for each in citations]


@pytest.mark.parametrize(
    ("text", "cited", "cables"),
    [
        ("as see Madrid 2367 para 3 says", "Madrid 2367 para 3", ("08MADRID2367",)),
        ("… ½ “08MADRID2367#3”", "08MADRID2367#3", ("08MADRID2367",)),
        ("in MADRID 2367, ¶¶3-5,", "MADRID 2367, ¶¶3-5", ("08MADRID2367",)),
        ("as ¶3 of Madrid 2367 says", "¶3 of Madrid 2367", ("08MADRID2367",)),
        ("the cable Quill Bay 12 and others", "Quill Bay 12", ("07QUILLBAY12", "08QUILLBAY12")),
        ("and 07 QUILL BAY 12, para 9.", "07 QUILL BAY 12, para 9", ("07QUILLBAY12",)),
        ("QUILL BAY 12 (2007) and", "QUILL BAY 12", ("07QUILLBAY12",)),
        ("QUILL BAY 12, August 28, 2008,", "QUILL BAY 12", ("08QUILLBAY12",)),
        ("cable 08QUILLBAY40, August 28, 2008, para. 1.", "08QUILLBAY40, August 28, 2008, para. 1", ("08QUILLBAY40",)),
        ("madrid 2367 says", "madrid 2367", ("08MADRID2367",)),
        ("see MADRID 2007", "MADRID 2007", ("08MADRID2007",)),
        ("(Madrid 12)", "Madrid 12", ("08MADRID12",)),
        ("from Tokyo 9999.", "Tokyo 9999", ()),
        ("from Tokyoo 45, para 2", "Tokyoo 45, para 2", ()),
        ("in RURITANIA 45 ¶2", "RURITANIA 45 ¶2", ()),
        ("in 09RURITANIA45", "09RURITANIA45", ()),
        ("in São Paulo 45 ¶2", "São Paulo 45 ¶2", ()),
    ],
)
def test_what_is_a_citation(catalog: Catalog, text: str, cited: str, cables: tuple[str, ...]) -> None:
    assert found(catalog, text) == [(cited, cables)]


@pytest.mark.parametrize(
    "text",
    [
        "In Madrid 12 people met.",
        "in Madrid 2007 was a hot year",
        "in London 7 July 2005",
        "Article 5, paragraph 2, of the treaty",
        "Resolution 1701, para. 3",
        "on May 12, page 3, at 5 p.m.",
        "World War 2 and NSC 68",
        "about 2,367 tonnes",
        "https://cables.example/read/08MADRID12#p1 and [this](/read/08MADRID12)",
        "Madrid 12-14 and Madrid 12,000",
    ],
)
def test_what_is_none(catalog: Catalog, text: str) -> None:
    assert found(catalog, text) == []


def test_too_long_a_draft_is_refused(catalog: Catalog) -> None:
    with pytest.raises(BadInput, match="1,000,001 characters"):
        find_draft_citations("a" * (MOST_CHARACTERS + 1), catalog)
    with pytest.raises(BadInput, match="more than 2,000 citations"):
        find_draft_citations("MADRID 12 ¶1 " * (MOST_CITATIONS + 1), catalog)
