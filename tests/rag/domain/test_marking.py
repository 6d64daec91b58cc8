import pytest

from rag.domain.marking import Level, at_or_above, effective_marking, marking_in_words, read_marking


@pytest.mark.parametrize(
    ("printed", "short"),
    [
        ("C", "C"),
        ("c", "C"),
        ("U", "U"),
        ("SBU", "SBU"),
        ("C/NF", "C/NF"),
        ("S//NF", "S/NF"),
        ("SNF", "S/NF"),
        ("S/NOFORN", "S/NF"),
        ("C/Rel Aus", "C/REL AUS"),
        ("C/REL TO USA, AUS", "C/REL USA AUS"),
        ("U//FOUO", "SBU"),
        ("CONFIDENTIAL//NOFORN", "C/NF"),
        ("UNCLASSIFIED//FOR OFFICIAL USE ONLY", "SBU"),
        ("TOP SECRET", "TS"),
    ],
)
def test_the_closed_list(printed: str, short: str) -> None:
    assert str(read_marking(printed)) == short


@pytest.mark.parametrize("text", ["", "China", "U.S.", "NF", "a", "1", "Chinese", "C/China", "see para 3", "SS"])
def test_outside_the_list_is_text(text: str) -> None:
    assert read_marking(text) is None


def test_the_order_of_levels() -> None:
    assert Level.U < Level.SBU < Level.C < Level.S < Level.TS


def test_the_effective_marking() -> None:
    assert effective_marking("u", "SECRET", ["NOFORN"]) == "U"
    assert effective_marking(None, "SECRET", ["NOFORN", "NODIS"]) == "S/NF/NODIS"
    assert effective_marking("China", "CONFIDENTIAL") == "C"
    assert effective_marking(None, None) is None
    assert effective_marking(None, "COSMIC SOMETHING") is None


def test_at_or_above() -> None:
    assert at_or_above("S", "C")
    assert at_or_above("S/NF", "C/NF")
    assert not at_or_above("S", "C/NF")
    assert not at_or_above("U", "SBU")
    assert not at_or_above(None, "U")
    assert not at_or_above("C", None)


@pytest.mark.parametrize(
    ("marking", "words"),
    [
        ("C", "Confidential"),
        ("S/NF", "Secret/NOFORN"),
        ("SBU", "Sensitive But Unclassified"),
        ("TS/NODIS", "Top Secret/NODIS"),
        ("COSMIC", None),
        (None, None),
    ],
)
def test_a_marking_in_words(marking: str | None, words: str | None) -> None:
    assert marking_in_words(marking) == words
