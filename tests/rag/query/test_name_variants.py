"""Names in the archive's own spellings."""

import pytest

from rag.domain.access import Clearance
from rag.domain.filters import Filters
from rag.domain.marking import Level
from rag.index.lexical import LexicalIndex
from rag.query.name_variants import NameVariants
from tests.rag.samples import make_cable


@pytest.fixture
def lexical() -> LexicalIndex:
    lexical = LexicalIndex(None)
    texts = (
        ("U", "Leader Muammar Qadhafi received Swiss envoys in Tripoli, Libya."),
        ("U", "In Tripoli the Swiss called on Qaddafi of Libya and his son Saif."),
        ("S", "Libya's Muammar Kadhafi is ill, Tripoli doctors say; Saif rules."),
        ("U", "In Quito President Correa of Ecuador closed the Manta base."),
        ("U", "South Korea and Seoul asked the DPRK for talks in Panmunjom."),
        ("U", "The Ostermere Fishing Office (OFO) sold nets. The secretary wrote."),
        ("U", "Qa'ida men fled; the OFO paid. Scientist A.Q. Khan slept in Kahuta."),
        ("U", "The Port of Zephyr (POZ) is shut, and the Party of Zealots (POZ) glad."),
    )
    lexical.replace([make_cable("08OSTERMERE1", *texts, subject=None, classification="SECRET")])
    return lexical


def test_a_name_has_the_spellings_of_the_archive(lexical: LexicalIndex) -> None:
    variants = NameVariants(lexical)
    assert set(variants.of("Khadafi")) == {"Qadhafi", "Qaddafi", "Kadhafi"}
    assert set(variants.of("Qadhafi")) == {"Qaddafi", "Kadhafi"}
    assert variants.of("Moammar Khadafi") == ("Muammar Qadhafi", "Muammar Kadhafi") or set(
        variants.of("Moammar Khadafi")
    ) == {"Muammar Qadhafi", "Muammar Kadhafi"}
    assert variants.of("Qaida") == ("Qa'ida",)


def test_names_that_stand_among_other_names_are_two(lexical: LexicalIndex) -> None:
    assert NameVariants(lexical).of("Korea") == ()


def test_words_are_no_names(lexical: LexicalIndex) -> None:
    assert NameVariants(lexical).of("Secretery") == ()


def test_an_abbreviation_is_one_thing_or_nothing(lexical: LexicalIndex) -> None:
    variants = NameVariants(lexical)
    assert variants.of("Ostermere Fishing Office") == ("OFO",)
    assert variants.of("OFO") == ("Ostermere Fishing Office",)
    assert variants.of("Port of Zephyr") == () and variants.of("POZ") == ()
    assert variants.keys("Ostermere Fishing Office", 9, Filters()) == {"08OSTERMERE1#6", "08OSTERMERE1#7"}


def test_initials_are_written_in_several_ways(lexical: LexicalIndex) -> None:
    assert NameVariants(lexical).of("A. Q. Khan") == ("A.Q. Khan",)


def test_mentions_are_counted_in_all_spellings(lexical: LexicalIndex) -> None:
    variants = NameVariants(lexical)
    assert variants.keys("Khadafi", 9, Filters()) == {"08OSTERMERE1#1", "08OSTERMERE1#2", "08OSTERMERE1#3"}
    assert variants.keys("Khadafi", 9, Filters(posts=frozenset({"ROOK"}))) == set()
    assert variants.holds("Qadhafi") and not variants.holds("Khadafi")


def test_a_reader_is_told_no_spelling_of_paragraphs_not_theirs(lexical: LexicalIndex) -> None:
    limited = NameVariants(lexical.as_reader(Clearance(Level.U)))
    assert set(limited.of("Khadafi")) == {"Qadhafi", "Qaddafi"}
    assert limited.of("Moammar Khadafi") == ("Muammar Qadhafi",)
    assert limited.keys("Khadafi", 9, Filters()) == {"08OSTERMERE1#1", "08OSTERMERE1#2"}


def test_names_of_a_question_are_looked_up_in_any_case(lexical: LexicalIndex) -> None:
    variants = NameVariants(lexical)
    assert set(variants.in_question("what did khadafi say?")) == {"khadafi"}
    assert variants.in_question("what did khadafi say?", in_english=False) == {}
    assert variants.in_question("Did the Ostermere Fishing Office pay?") == {"Ostermere Fishing Office": ("OFO",)}
