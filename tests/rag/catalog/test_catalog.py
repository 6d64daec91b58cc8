from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from rag.catalog.cable_rows import fingerprint
from rag.catalog.catalog import Catalog
from rag.catalog.catalog_reader import Size
from rag.domain.citation import read_citation
from rag.errors import CablesError
from tests.processes import postgres
from tests.rag.samples import make_cable


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgres() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def catalog(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Catalog]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'catalog.sqlite3'}"
    else:
        url = request.getfixturevalue("server")
        _emptied(url)
    catalog = Catalog(url)
    yield catalog
    catalog.close()


def _emptied(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")


def resolve(catalog: Catalog, text: str) -> list[str]:
    typed = read_citation(text)
    assert typed is not None
    return catalog.resolve(typed)


def test_a_cable_comes_back_as_it_went_in(catalog: Catalog) -> None:
    cable = make_cable("08QUILL12", "First.", ("U", "Second."), references=("07QUILL3",))
    catalog.put(cable)
    assert catalog.cable("08QUILL12") == cable
    assert catalog.size() == Size(1, 2)


def test_a_second_put_replaces(catalog: Catalog) -> None:
    catalog.put(make_cable("08QUILL12", "First.", "Second."))
    catalog.put(make_cable("08QUILL12", "Other."))
    assert catalog.size() == Size(1, 1)
    assert list(catalog.paragraphs(["08QUILL12#1", "08QUILL12#2"])) == ["08QUILL12#1"]


def test_labels_shared_by_two_years(catalog: Catalog) -> None:
    for cable_id in ("07QUILL12", "08QUILL12", "08QUILL13"):
        catalog.put(make_cable(cable_id, "Text."))
    assert catalog.shared_labels(["08QUILL12", "08QUILL13"]) == {"08QUILL12"}


def test_resolving_what_people_type(catalog: Catalog) -> None:
    for cable_id in ("07QUILL12", "08QUILL12", "08PORTZEPHYR4"):
        catalog.put(make_cable(cable_id, "Text."))
    assert resolve(catalog, "quill 12") == ["07QUILL12", "08QUILL12"]
    assert resolve(catalog, "08 quill 12 para 1") == ["08QUILL12"]
    assert resolve(catalog, "see port zephyr 4") == ["08PORTZEPHYR4"]
    assert resolve(catalog, "quill 99") == []


def test_what_is_to_be_indexed(catalog: Catalog) -> None:
    catalog.put(make_cable("08QUILL12", "Text."))
    assert catalog.unindexed() == ["08QUILL12"]
    catalog.mark_indexed(["08QUILL12"])
    assert catalog.unindexed() == []
    catalog.put(make_cable("08QUILL12", "New text."))
    assert catalog.unindexed() == ["08QUILL12"]


def test_references_both_ways(catalog: Catalog) -> None:
    catalog.put(make_cable("08QUILL12", "Text.", references=("07QUILL3", "06STATE1")))
    assert catalog.referring("07QUILL3") == ["08QUILL12"]


def test_the_fingerprint_is_of_the_content() -> None:
    cable = make_cable("08QUILL12", "Text.")
    assert fingerprint(cable) == fingerprint(replace(cable, source="elsewhere.txt"))
    assert fingerprint(cable) != fingerprint(make_cable("08QUILL12", "Text!"))


def test_a_catalog_that_cannot_be_used_says_so(tmp_path: Path) -> None:
    broken = tmp_path / "catalog.sqlite3"
    broken.write_bytes(b"this is no database" * 100)
    with pytest.raises(CablesError, match="catalog cannot be used"):
        Catalog(f"sqlite:///{broken}")


def test_what_a_cable_prints_has_no_length(catalog: Catalog) -> None:
    cable = replace(make_cable("08QUILL12", "Text."), classification="CONFIDENTIAL " * 50, tags=("T" * 500,))
    catalog.put(cable)
    assert catalog.cable("08QUILL12") == cable


def test_processes_that_start_at_once_make_one_schema(server: str) -> None:
    _emptied(server)
    with ThreadPoolExecutor(8) as pool:
        for catalog in pool.map(Catalog, [server] * 8):
            assert catalog.size() == Size(0, 0)
            catalog.close()


def test_a_failed_write_leaves_the_cable_as_it_was(catalog: Catalog) -> None:
    catalog.put(make_cable("08QUILL12", "First."))
    other = make_cable("08QUILL12", "Other.")
    with pytest.raises(CablesError, match="catalog cannot be used"):
        catalog.put(replace(other, paragraphs=other.paragraphs * 2))
    cable = catalog.cable("08QUILL12")
    assert cable is not None and cable.paragraphs[0].text == "First."


def test_readers_see_whole_cables_while_one_is_replaced(catalog: Catalog) -> None:
    versions = [make_cable("08QUILL12", *[f"Version {number}."] * 20) for number in range(2)]
    catalog.put(versions[0])

    def read(_: int) -> set[str]:
        cable = catalog.cable("08QUILL12")
        return set() if cable is None else {paragraph.text for paragraph in cable.paragraphs}

    with ThreadPoolExecutor(4) as pool:
        seen = pool.map(read, range(200))
        for number in range(40):
            catalog.put(versions[number % 2])
        assert all(len(texts) == 1 for texts in seen)


@pytest.mark.parametrize("url", ["nonsense", "mydb://host/name"])
def test_an_address_that_is_none(url: str) -> None:
    with pytest.raises(CablesError, match=r"CABLES_CATALOG_URL cannot be used.*postgresql://"):
        Catalog(url)
