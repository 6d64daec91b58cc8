"""Questions asked again under another condition."""

import pytest

from rag.query.replacement import mentions, with_condition

POSTS = frozenset(("TOKYO", "BERLIN", "MADRID", "PARIS", "LIMA"))


@pytest.mark.parametrize(
    ("question", "words", "expected"),
    [
        ("What did the government of Chile say?", "Peru", "What did the government of Peru say?"),
        ("How did Chile's president react?", "Peru", "How did Peru's president react?"),
        ("What did Chile tell the Algerians?", "the Libyans", "What did Chile tell the Libyans?"),
        ("What was Hask's share?", "Otsuki", "What was Otsuki's share?"),
        ("What did Hask say of Maizuru?", "Otsuki", "What did Hask say of Maizuru? And about Otsuki?"),
        ("What was the weather like?", "the harvest", "What was the weather like? And about the harvest?"),
        ("What did Embassy Paris report on Iran?", "Berlin", "What did Embassy Berlin report on Iran?"),
        ("What did Embassy Paris report on Iran?", "Iraq", "What did Embassy Paris report on Iraq?"),
        ("What do cables from Madrid say?", "from Berlin", "What do cables from Berlin say?"),
        ("What was said about Merkel?", "from Berlin", "What was said about Merkel, in cables from Berlin?"),
        ("How many came in March 2006?", "2008", "How many came in 2008?"),
        ("Who said that in 2008?", "before 2006", "Who said that before 2006?"),
        ("Why did the ship sink?", "2008", "Why did the ship sink in 2008?"),
        ("What is known of it?", "from 2008", "What is known of it, in cables from 2008?"),
        ("What was agreed?", "from Tokyo in 2007", "What was agreed in 2007, in cables from Tokyo?"),
    ],
)
def test_the_condition_takes_the_place_of_one_of_its_kind_or_is_added(question: str, words: str, expected: str) -> None:
    assert with_condition(question, words, POSTS) == expected


def test_mentions_are_told_apart_by_what_the_archive_and_the_world_hold() -> None:
    text = "What did Hask say in Madrid about Peru's cotton?"
    found = {text[each.start : each.end]: set(each.kinds) for each in mentions(text, POSTS)}
    assert found == {"Hask": {"name"}, "Madrid": {"post", "country"}, "Peru": {"country"}}
