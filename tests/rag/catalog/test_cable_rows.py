from sqlalchemy import func, select

from rag.catalog.cable_rows import fingerprint, remove_cable, write_cable, write_manifest
from rag.catalog.catalog import Catalog
from rag.catalog.tables import metadata
from tests.rag.samples import make_cable


def test_nothing_is_left_of_a_cable_that_is_removed(catalog: Catalog) -> None:
    cable = make_cable("08QUILL1", "A lamp was lit on the rock.", tags=("PREL",), references=("07QUILL1",))
    with catalog.begin(writing=True) as connection:
        write_cable(connection, cable)
        remove_cable(connection, "08QUILL1")
        remove_cable(connection, "08QUILL1")
        counts = {
            each.name: connection.scalar(select(func.count()).select_from(each)) for each in metadata.sorted_tables
        }
    assert {name for name, count in counts.items() if count} == {"manifest"}


def test_a_written_entry_replaces_the_one_of_its_name(catalog: Catalog) -> None:
    with catalog.begin(writing=True) as connection:
        write_manifest(connection, {"a": "1", "b": "2"})
        write_manifest(connection, {"a": "3"})
    held = catalog.manifest()
    assert (held["a"], held["b"]) == ("3", "2")


def test_a_fingerprint_is_of_the_content_not_of_the_file() -> None:
    one = make_cable("08QUILL1", "A lamp.")
    assert fingerprint(one) == fingerprint(make_cable("08QUILL1", "A lamp.", source="other.txt"))
    assert fingerprint(one) != fingerprint(make_cable("08QUILL1", "A lamp!"))
