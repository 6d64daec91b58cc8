from dataclasses import replace

from rag.domain.paragraph_key import Locator
from tests.rag.samples import make_cable

CABLE = replace(make_cable("08PORTZEPHYR4", "One.", "Two."), post="PORT ZEPHYR")


def test_the_label_has_the_printed_post_and_the_year_only_where_asked() -> None:
    assert CABLE.label() == "PORT ZEPHYR 4"
    assert CABLE.label(with_year=True) == "08 PORT ZEPHYR 4"


def test_a_paragraph_is_cited_by_its_label_and_printed_number() -> None:
    assert CABLE.citation(CABLE.paragraphs[1]) == "PORT ZEPHYR 4 ¶2"
    assert CABLE.paragraphs[1].number == 2


def test_the_summary_key_names_the_paragraph_of_the_summary() -> None:
    assert replace(CABLE, summary=Locator(2)).summary_key == "08PORTZEPHYR4#2"
    assert replace(CABLE, summary=None).summary_key is None
