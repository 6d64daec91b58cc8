from rag.answers.catalog.wording import counted, described, listed, sentence
from rag.domain.filters import Filters
from rag.query.cable_conditions import CableConditions
from rag.query.word_terms import WordTerm


def test_numbers_lists_and_sentences() -> None:
    assert [counted(number) for number in (0, 1, 1200)] == ["no cable", "1 cable", "1,200 cables"]
    assert [listed(values) for values in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]
    assert sentence("it is so") == "It is so."


def test_conditions_are_put_in_words() -> None:
    terms = ((WordTerm("Merkel"), WordTerm("Sarkozy")), (WordTerm("ships", exact=False),))
    conditions = CableConditions(terms=terms, all_tags=("PREL", "EFIS"), signer="Nelson")
    assert described(conditions, Filters.of(["QUILL"]), {"QUILL": "QUILL"}) == (
        "from Quill tagged PREL and EFIS signed by Nelson whose text or subject has “Merkel” or “Sarkozy” and a form of “ships”"
    )
