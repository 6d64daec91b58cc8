from rag.catalog.cable_rows import fingerprint
from rag.catalog.catalog import Catalog
from rag.domain.access import Clearance
from rag.domain.marking import Level
from tests.rag.samples import make_cable

LAMP = (
    "The keeper of the Gannet lamp told us on Monday that he would strike unless the oil came by the end of the month.",
    "The minister said that he had ordered it in March and that the boat which carried it had sunk on the way.",
)
OTHER = "Nothing at all happened in the harbour this week, and nobody we asked could say why that was."


def _duplicates(catalog: Catalog, cable_id: str) -> tuple[str, ...]:
    cable = catalog.cable(cable_id)
    assert cable is not None
    return cable.duplicates


def test_the_same_text_under_another_id_is_one_source(catalog: Catalog) -> None:
    catalog.put(make_cable("08QUILL12", *LAMP))
    catalog.put(make_cable("08QUILL15", LAMP[0].replace("Monday", "Tuesday"), LAMP[1]))
    catalog.put(make_cable("08QUILL19", OTHER))
    groups = catalog.duplicates_of(["08QUILL12", "08QUILL15", "08QUILL19", "99NONE1"])
    assert groups == {
        "08QUILL12": "08QUILL12",
        "08QUILL15": "08QUILL12",
        "08QUILL19": "08QUILL19",
        "99NONE1": "99NONE1",
    }
    assert _duplicates(catalog, "08QUILL12") == ("08QUILL15",)
    assert _duplicates(catalog, "08QUILL15") == ("08QUILL12",)
    assert _duplicates(catalog, "08QUILL19") == ()


def test_the_first_of_those_asked_for_stands_for_the_group(catalog: Catalog) -> None:
    for cable_id in ("08QUILL12", "08QUILL15", "08QUILL16"):
        catalog.put(make_cable(cable_id, *LAMP))
    assert catalog.duplicates_of(["08QUILL16", "08QUILL15"]) == {"08QUILL16": "08QUILL16", "08QUILL15": "08QUILL16"}


def test_a_reader_learns_of_no_cable_that_is_not_for_them(catalog: Catalog) -> None:
    catalog.put(make_cable("08QUILL12", *(("U", text) for text in LAMP), classification="UNCLASSIFIED"))
    catalog.put(make_cable("08QUILL15", *(("S", text) for text in LAMP), classification="SECRET"))
    held = catalog.as_reader(Clearance(Level.U)).cable("08QUILL12")
    assert held is not None
    assert held.duplicates == ()
    assert _duplicates(catalog, "08QUILL12") == ("08QUILL15",)


def test_a_cable_with_a_paragraph_that_is_not_for_the_reader_stands_for_no_other(catalog: Catalog) -> None:
    catalog.put(make_cable("08QUILL12", ("U", LAMP[0]), ("S", LAMP[1]), classification="SECRET"))
    catalog.put(make_cable("08QUILL15", *(("U", text) for text in LAMP), classification="UNCLASSIFIED"))
    both = ["08QUILL12", "08QUILL15"]
    assert catalog.duplicates_of(both) == dict.fromkeys(both, "08QUILL12")
    assert catalog.as_reader(Clearance(Level.U)).duplicates_of(both) == dict(zip(both, both, strict=True))


def test_a_group_outlives_its_leader(catalog: Catalog) -> None:
    for cable_id in ("08QUILL12", "08QUILL15", "08QUILL16"):
        catalog.put(make_cable(cable_id, *LAMP))
    catalog.put(make_cable("08QUILL12", OTHER))
    assert _duplicates(catalog, "08QUILL12") == ()
    assert _duplicates(catalog, "08QUILL15") == ("08QUILL16",)
    catalog.put(make_cable("08QUILL17", *LAMP))
    assert _duplicates(catalog, "08QUILL17") == ("08QUILL15", "08QUILL16")


def test_a_cable_put_again_stays_in_its_group(catalog: Catalog) -> None:
    for cable_id in ("08QUILL12", "08QUILL15", "08QUILL12", "08QUILL15"):
        catalog.put(make_cable(cable_id, *LAMP))
    assert set(catalog.duplicates_of(["08QUILL12", "08QUILL15"]).values()) in ({"08QUILL12"}, {"08QUILL15"})


def test_the_fingerprint_does_not_depend_on_the_archive(catalog: Catalog) -> None:
    cable = make_cable("08QUILL12", *LAMP)
    for cable_id in ("08QUILL12", "08QUILL15"):
        catalog.put(make_cable(cable_id, *LAMP))
    held = catalog.cable("08QUILL12")
    assert held is not None
    assert held.duplicates
    assert fingerprint(held) == fingerprint(cable)
