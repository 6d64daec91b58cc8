import pytest

from rag.catalog.catalog import Catalog
from rag.catalog.occurrences import occurrences_of_name, occurrences_of_texts
from rag.domain.name_digest import NameDigest
from tests.rag.samples import make_cable

LONG = "The keeper of the lamp asked for eleven barrels of oil before the winter."


@pytest.fixture
def catalog(catalog: Catalog) -> Catalog:
    catalog.put(make_cable("08QUILL1", "With Ann\nMüller.", LONG))
    catalog.put(make_cable("08QUILL2", "Ann and Müller.", LONG, subject="ANN MÜLLER AND THE OIL"))
    catalog.put(make_cable("08QUILL3", "Ann Mullers 100%_ short."))
    return catalog


def test_where_a_name_stands(catalog: Catalog) -> None:
    name = NameDigest.of("ann muller", "X", "salt")
    with catalog.begin() as connection:
        assert occurrences_of_name(connection, "Ann Müller", name) == ["08QUILL1#1", "08QUILL2"]


def test_where_a_text_stands(catalog: Catalog) -> None:
    cable, short = catalog.cable("08QUILL1"), catalog.cable("08QUILL3")
    assert cable is not None and short is not None
    with catalog.begin() as connection:
        assert occurrences_of_texts(connection, cable.paragraphs) == ["08QUILL1#2", "08QUILL2#2"]
        assert occurrences_of_texts(connection, short.paragraphs) == []
