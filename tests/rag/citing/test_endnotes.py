from rag.catalog.catalog import Catalog
from rag.citing.citable import Holding
from rag.citing.citation_style import CitationStyle
from rag.citing.citation_text import cite_in
from rag.citing.endnotes import notes_of, with_endnotes
from tests.rag.samples import make_cable


def test_each_sentence_has_the_numbers_of_its_notes() -> None:
    sentences = [("The lamp is lit.", ["a", "b"]), ("The bell rang.", ["b"]), ("So it is.", ["x"]), ("It ends.", [])]
    assert with_endnotes(sentences, {"a": "Note A.", "b": "Note B.", "c": "Note C."}) == (
        "The lamp is lit.[1][2] The bell rang.[2] So it is. It ends.\n\n1. Note A.\n2. Note B.\n"
    )


def test_an_answer_without_citations_has_no_notes() -> None:
    assert with_endnotes([("Good morning.", [])], {}) == "Good morning.\n"


def test_notes_are_of_paragraphs_and_cables_that_are_there(catalog: Catalog) -> None:
    catalog.put(make_cable("08QUILL1", "One."))
    notes = notes_of(
        catalog,
        ["08QUILL1#1", "08QUILL1", "08QUILL1#9", "08QUILL2"],
        Holding(),
        lambda citable: cite_in(CitationStyle.CHICAGO, citable),
    )
    assert list(notes) == ["08QUILL1#1", "08QUILL1"]
    assert "para. 1" in notes["08QUILL1#1"] and "para." not in notes["08QUILL1"]
