"""Countries by their names, capitals and peoples."""

from rag.text.countries import countries


def test_a_country_is_known_by_its_name_capital_people_and_usage() -> None:
    assert countries("Tokyo spoke to the Dutch.") == {"JP", "NL"}
    assert countries("HMG and the DPRK") == countries("London's view of North Korea") == {"GB", "KP"}
    assert countries("the U.S. Embassy") == countries("Americans") == {"US"}
    assert countries("The harbour master hid the ledgers.") == frozenset()
