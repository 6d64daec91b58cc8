import pytest

from rag.text.surface_facts import folded, months, names, numbers, stated_numbers, without_possessive, words


def test_folding_drops_case_accents_and_curly_apostrophes() -> None:
    assert folded("Ångström’S") == "angstrom's"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2,500 and 2500", {"2500"}),
        ("1,5 and 1.50", {"1.5", "1.50"}),
        ("007", {"7"}),
        ("3.0", {"3"}),
        ("Twelve of a million", {"12", "1000000"}),
    ],
)
def test_numbers_are_normalised_to_digits(text: str, expected: set[str]) -> None:
    assert numbers(text) == expected


def test_small_numbers_in_words_are_not_stated() -> None:
    assert stated_numbers("one of two, half of three") == {"3"}
    assert stated_numbers("1 of 2") == {"1", "2"}


def test_words_are_bare_and_hyphenated_words_also_in_parts() -> None:
    assert words("Hask's north-east pier") == {"hask", "north-east", "north", "east", "pier"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("When Hask met Starkey, Hask sailed.", ["Hask", "Starkey"]),
        ("Ferries left in May with Hask.", ["Hask"]),
        ("Hask Tor is a rock.", ["Hask", "Tor"]),
        ("NATO agreed. However, EU ships left.", ["NATO", "EU"]),
    ],
)
def test_names_are_capitalised_words(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_months_are_their_first_three_letters_and_may_needs_its_capital() -> None:
    assert months("In May and Sept they may sail.") == {"may", "sep"}


def test_possessive_endings_are_taken_off_as_written() -> None:
    bare = [without_possessive(name) for name in ("Villepin's", "Petraeus’", "Hask", "O'Brien's")]
    assert bare == ["Villepin", "Petraeus", "Hask", "O'Brien"]
