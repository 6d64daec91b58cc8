import pytest

from rag.catalog.catalog import Catalog
from rag.catalog.lookup import no_such_paragraph, open_citation, open_paragraph
from rag.errors import Ambiguous, BadInput, NotFound
from tests.rag.samples import make_cable


@pytest.fixture
def catalog(catalog: Catalog) -> Catalog:
    for cable_id in ("07QUILL12", "08QUILL12", "08QUILL13"):
        catalog.put(make_cable(cable_id, "One.", "Two."))
    return catalog


def test_a_citation_opens_its_paragraph(catalog: Catalog) -> None:
    opened = open_citation(catalog, "quill 13 para 2")
    assert opened.paragraph is not None
    assert str(opened.paragraph.key) == "08QUILL13#2"
    assert not opened.with_year


def test_a_citation_without_a_paragraph_opens_the_cable(catalog: Catalog) -> None:
    opened = open_citation(catalog, "08 QUILL 12")
    assert (str(opened.cable.id), opened.paragraph, opened.with_year) == ("08QUILL12", None, True)


def test_a_label_of_two_cables_is_ambiguous(catalog: Catalog) -> None:
    with pytest.raises(Ambiguous, match="07QUILL12 or 08QUILL12"):
        open_citation(catalog, "QUILL 12")


@pytest.mark.parametrize(
    ("text", "message"),
    [("QUILL 99", "no cable QUILL 99"), ("QUILL 13 ¶3", "there is no QUILL 13 ¶3; the cable has paragraphs 1 to 2")],
)
def test_what_the_archive_lacks_is_named(catalog: Catalog, text: str, message: str) -> None:
    with pytest.raises(NotFound, match=message):
        open_citation(catalog, text)


def test_a_text_that_is_no_citation_is_refused(catalog: Catalog) -> None:
    with pytest.raises(BadInput, match="not a citation"):
        open_citation(catalog, "the lighthouse")


def test_a_cable_opens_by_its_id(catalog: Catalog) -> None:
    assert open_paragraph(catalog, "08QUILL12", None).paragraph is None
    with pytest.raises(NotFound, match="no cable 08QUILL99"):
        open_paragraph(catalog, "08QUILL99", "1")


def test_a_cable_without_paragraphs_is_said_to_be_empty() -> None:
    assert no_such_paragraph(make_cable("08QUILL12"), "08QUILL12#1") == "QUILL 12 is empty"


def test_what_was_opened_has_a_key_a_citation_and_a_route(catalog: Catalog) -> None:
    paragraph, cable = open_citation(catalog, "quill 13 para 2"), open_citation(catalog, "08 QUILL 12")
    assert (paragraph.key, paragraph.citation) == ("08QUILL13#2", "QUILL 13 ¶2")
    assert paragraph.url == "/cables/08QUILL13/paragraphs/2"
    assert (cable.key, cable.citation, cable.url) == ("08QUILL12", "08 QUILL 12", "/cables/08QUILL12")
