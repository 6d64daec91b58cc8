import pytest

from rag.text.openings import leaves_one_side, opens_unresolved, turns_against


@pytest.mark.parametrize(
    "sentence",
    [
        "He denied it.",
        "The op had mixed results.",
        "However, Hask was wrong.",
        "In Madrid, he said yes.",
        "Turning to Valdoria, he smiled.",
        '"We will not go," he said.',
        "It was signed in May.",
        "a speed recorder on every ship",
        "Both sides agreed.",
        "His instructions are to demand an apology.",
        "In this context, Hask left.",
        "One of them spoke to the Ambassador.",
        "According to the judge, he lied.",
        "Toward the end of the discussion, he smiled.",
        "First, he denied it.",
        "Separately, the Ambassador met Hask.",
        "During a subsequent meeting, Hask agreed.",
        "The eight companies were chosen by Hask.",
    ],
)
def test_what_points_back_is_unresolved(sentence: str) -> None:
    assert opens_unresolved(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Krale said he would go.",
        "Foreign Minister Hask takes the opposite view.",
        "The law passed on October 17 gives each family 180,000 florins.",
        "It is clear that Valdoria will win.",
        "While Brell supported it, he left.",
        "The Ambassador urged Hask to go.",
        "XXXXXXXXXXXX said that the reef was theirs.",
        "xxxxx said that the reef was theirs.",
    ],
)
def test_what_names_its_subject_stands_alone(sentence: str) -> None:
    assert not opens_unresolved(sentence)


def test_the_other_side_is_seen() -> None:
    assert turns_against("But the Navy did not.") and turns_against("On the other hand, the Navy has one tender.")
    assert not turns_against("The Navy agreed.")
    assert leaves_one_side("On the one hand, he is right.")
    assert not leaves_one_side("On the one hand, he is right; on the other, nobody listens.")
