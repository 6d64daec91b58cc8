import pytest

from rag.catalog.catalog import Catalog
from rag.catalog.catalog_reader import CatalogReader, Size, batches
from rag.domain.access import Clearance
from rag.domain.citation import read_citation
from rag.domain.marking import Level
from tests.rag.samples import make_cable


@pytest.fixture
def catalog(catalog: Catalog) -> Catalog:
    catalog.put(make_cable("07QUILL12", "Closed."))
    catalog.put(make_cable("08QUILL12", ("U", "Open."), "Closed.", references=("07QUILL12",)))
    catalog.put(make_cable("08PORTZEPHYR4", ("U", "Open."), classification="UNCLASSIFIED", references=("07QUILL12",)))
    return catalog


@pytest.fixture
def reader(catalog: Catalog) -> CatalogReader:
    return catalog.as_reader(Clearance(Level.U))


def test_a_cable_without_an_open_paragraph_is_absent(reader: CatalogReader) -> None:
    assert reader.ids() == ["08PORTZEPHYR4", "08QUILL12"]
    assert reader.cable("07QUILL12") is None
    assert reader.size() == Size(2, 2)


def test_a_closed_paragraph_is_absent(reader: CatalogReader) -> None:
    cable = reader.cable("08QUILL12")
    assert cable is not None
    assert [str(paragraph.key) for paragraph in cable.paragraphs] == ["08QUILL12#1"]
    assert list(reader.paragraphs(["08QUILL12#1", "08QUILL12#2", "07QUILL12#1"])) == ["08QUILL12#1"]


def test_a_paragraph_comes_with_its_cable_and_no_other_paragraph(catalog: Catalog) -> None:
    cable, paragraph = catalog.paragraphs(["08QUILL12#2"])["08QUILL12#2"]
    assert (str(cable.id), cable.paragraphs) == ("08QUILL12", (paragraph,))


def test_a_search_leaves_out_cables_that_were_never_indexed(catalog: Catalog) -> None:
    assert catalog.paragraphs(["08QUILL12#1"], searched=True) == {}
    catalog.mark_indexed(["08QUILL12"])
    catalog.put(make_cable("08QUILL12", "Replaced."))
    assert list(catalog.paragraphs(["08QUILL12#1"], searched=True)) == ["08QUILL12#1"]


def test_labels_and_posts_of_hidden_cables_are_not_known(catalog: Catalog, reader: CatalogReader) -> None:
    assert catalog.shared_labels(["08QUILL12", "08PORTZEPHYR4"]) == {"08QUILL12"}
    assert reader.shared_labels(["08QUILL12", "08PORTZEPHYR4"]) == set()
    assert reader.posts() == {"PORTZEPHYR": "PORTZEPHYR", "QUILL": "QUILL"}
    assert reader.has_post("QUILL") and not reader.has_post("CAIRO")
    typed = read_citation("QUILL 12")
    assert typed is not None
    assert (catalog.resolve(typed), reader.resolve(typed)) == (["07QUILL12", "08QUILL12"], ["08QUILL12"])


def test_a_reference_has_the_classification_of_its_cable(catalog: Catalog, reader: CatalogReader) -> None:
    assert catalog.referring("07QUILL12") == ["08PORTZEPHYR4", "08QUILL12"]
    assert reader.referring("07QUILL12") == ["08PORTZEPHYR4"]


def test_serials_are_found_across_posts_and_near_one_another(catalog: Catalog, reader: CatalogReader) -> None:
    catalog.put(make_cable("08QUILL90", ("U", "Open.")))
    assert set(catalog.with_serial(12, 5)) == {"07QUILL12", "08QUILL12"}
    assert reader.with_serial(12, 5) == ["08QUILL12"]
    assert catalog.nearest_serials("QUILL", 80, 2) == ["08QUILL90", "07QUILL12"]
    assert reader.nearest_serials("QUILL", 80, 2) == ["08QUILL90", "08QUILL12"]


def test_size_and_posts_are_read_again_after_a_write(catalog: Catalog) -> None:
    assert (catalog.size(), len(catalog.posts())) == (Size(3, 4), 2)
    catalog.put(make_cable("08CAIRO1", "Closed."))
    assert (catalog.size(), len(catalog.posts())) == (Size(4, 5), 3)


def test_a_batch_fits_one_statement() -> None:
    assert [len(batch) for batch in batches([*range(1001)])] == [500, 500, 1]
    assert list(batches([])) == []


def test_labels_are_looked_up_together(catalog: Catalog, reader: CatalogReader) -> None:
    labels = {("QUILL", 12), ("PORTZEPHYR", 4), ("QUILL", 4), ("NOWHERE", 1)}
    assert catalog.labelled(labels) == {
        ("QUILL", 12): ["07QUILL12", "08QUILL12"],
        ("PORTZEPHYR", 4): ["08PORTZEPHYR4"],
    }
    assert reader.labelled({("QUILL", 12)}) == {("QUILL", 12): ["08QUILL12"]}
    assert reader.labelled(set()) == {}
