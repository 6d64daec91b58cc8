import pytest

from rag.catalog.catalog import Catalog
from rag.catalog.suggestions import Resolution, resolve
from rag.errors import BadInput
from tests.rag.samples import make_cable


@pytest.fixture
def catalog(catalog: Catalog) -> Catalog:
    for cable_id in ("07QUILL12", "08QUILL12", "08QUILL40", "08QUILL41", "08QUILL90", "08CAIRO77"):
        catalog.put(make_cable(cable_id, "One.", "Two."))
    return catalog


def suggested(resolution: Resolution) -> list[str]:
    assert resolution.meant is None
    return [str(opened.paragraph.key if opened.paragraph else opened.cable.id) for opened in resolution.suggestions]


def test_a_citation_of_one_paragraph_is_resolved(catalog: Catalog) -> None:
    meant = resolve(catalog, "CAIRO 77 ¶2").meant
    assert meant is not None and meant.paragraph is not None
    assert str(meant.paragraph.key) == "08CAIRO77#2"


def test_a_missing_paragraph_suggests_its_cable(catalog: Catalog) -> None:
    assert suggested(resolve(catalog, "CAIRO 77 ¶9")) == ["08CAIRO77"]


def test_a_shared_label_suggests_the_paragraph_of_each_cable(catalog: Catalog) -> None:
    assert suggested(resolve(catalog, "QUILL 12 ¶1")) == ["07QUILL12#1", "08QUILL12#1"]


def test_another_year_comes_before_the_nearest_serials_of_the_post(catalog: Catalog) -> None:
    assert suggested(resolve(catalog, "09 QUILL 40")) == ["08QUILL40", "08QUILL41", "07QUILL12"]


def test_a_misspelled_post_suggests_the_serial_at_the_similar_post(catalog: Catalog) -> None:
    assert suggested(resolve(catalog, "QUIL 90"))[0] == "08QUILL90"


def test_an_unknown_post_suggests_the_serial_anywhere(catalog: Catalog) -> None:
    assert suggested(resolve(catalog, "XANADU 77")) == ["08CAIRO77"]


def test_a_text_that_is_no_citation_is_refused(catalog: Catalog) -> None:
    with pytest.raises(BadInput, match="not a citation"):
        resolve(catalog, "the lighthouse")
