import pytest

from rag.domain.name_digest import NameDigest, digest_of, letters, replace_names, words_of
from rag.errors import BadInput

SALT = "a key of the store"


def replaced(text: str, *names: str) -> str:
    return replace_names(text, [NameDigest.of(name, "XXXX", SALT) for name in names])


@pytest.mark.parametrize(
    "text",
    [
        "Ysolde Vantongeren left.",
        "YSOLDE   VANTONGEREN left.",
        "Ysolde\nVantongeren left.",
        "Ysolde Van-\ntongeren left.",
        "YsoldeVantongeren left.",
        "Ysolde, Vantongeren left.",
        "Ýsoldé Vantongeren left.",
    ],
)
def test_a_name_is_known_however_it_is_set(text: str) -> None:
    assert replaced(text, "ysolde vantongeren") == "XXXX left."


def test_parts_of_a_name_and_longer_words_are_not_the_name() -> None:
    text = "Ysolde left with Vantongerens and the Vantongeren family."
    assert replaced(text, "Ysolde Vantongeren") == text
    assert replaced(text, "Vantongeren") == "Ysolde left with Vantongerens and the XXXX family."


def test_of_two_names_the_longer_is_replaced_and_all_around_stays() -> None:
    assert replaced("(Ann Lee's) and Ann, Lee-Ann.", "Ann", "Ann Lee") == "(XXXX's) and XXXX-XXXX."


def test_names_under_several_keys() -> None:
    names = [NameDigest.of("Ann", "A", "one"), NameDigest.of("Lee", "B", "two")]
    assert replace_names("Ann met Lee.", names) == "A met B."


@pytest.mark.parametrize(
    ("name", "replacement"), [("", "X"), ("-", "X"), ("A", "X"), ("a " * 13, "X"), ("Ann", "not Ann")]
)
def test_names_that_cannot_be_used(name: str, replacement: str) -> None:
    with pytest.raises(BadInput):
        NameDigest.of(name, replacement, SALT)


def test_the_digest_holds_nothing_of_the_name_and_needs_the_key() -> None:
    digest = NameDigest.of("Ysolde Vantongeren", "XXXX", SALT)
    assert "ysolde" not in str(digest).lower() and digest.words == 2
    assert digest.digest == digest_of("ysoldevantongeren", SALT) != digest_of("ysoldevantongeren", "other")
    assert letters("O'Brien, Ü. 3") == "obrienu3"
    assert words_of("A b-c, d_e") == ["a", "b", "c", "d", "e"]


def test_a_long_text_without_the_name_takes_a_moment_only() -> None:
    text = "a" * 50_000 + " b" * 20_000
    assert replaced(text, "Ann Lee") == text
