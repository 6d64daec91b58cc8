from dataclasses import replace

from rag.index.context import context_of, without_post_and_date
from tests.rag.samples import make_cable


def test_post_and_date_always_subject_when_marked_as_high() -> None:
    cable = make_cable("08QUILL12", ("U", "Open."), ("C", "Closed."), subject="SECRET HARBOR TALKS")
    assert context_of(cable, cable.paragraphs[0]) == "QUILL. 28 August 2008"
    assert context_of(cable, cable.paragraphs[1]) == "QUILL. 28 August 2008. SECRET HARBOR TALKS"


def test_a_subject_marked_lower_itself_is_indexed() -> None:
    cable = replace(make_cable("08QUILL12", ("U", "Open.")), subject_marking="U")
    assert "LIGHTHOUSES" in context_of(cable, cable.paragraphs[0])


def test_a_heading_follows_the_same_rule() -> None:
    cable = make_cable("08QUILL12", ("U", "Open."))
    plain = replace(cable.paragraphs[0], heading="The Mole in the Ministry")
    assert "Mole" not in context_of(cable, plain)
    assert "Mole" in context_of(cable, replace(plain, heading_marking="U"))


def test_the_words_of_a_cable_are_read_without_its_post_and_date() -> None:
    assert without_post_and_date("PORT ZEPHYR. 28 August 2008. THE LAMP\nIt burns.") == "THE LAMP\nIt burns."
    assert without_post_and_date("ST. PETERSBURG. 8 May 2008\nIt burns.") == "It burns."
    assert without_post_and_date("QUILL\nIt burns.") == "It burns."
