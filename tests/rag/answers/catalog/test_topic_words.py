from collections.abc import Iterable

from rag.answers.catalog.topic_words import TopicWords


def rarity(words: Iterable[str]) -> dict[str, float]:
    return {word: float(len(word)) for word in words}


def test_words_weigh_what_they_tell() -> None:
    words = TopicWords(rarity)
    assert words.weight("The ships left Brazil.", "ships of Brazil") == 5 + 6
    assert words.weight("The ship left.", "ships of Brazil") == 5
    assert words.weight("Nothing.", "ships of Brazil") == 0


def test_a_country_is_known_by_its_people() -> None:
    assert TopicWords(rarity).weight("The Brazilian minister spoke.", "Brazil") == 6
