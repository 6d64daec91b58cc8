import pytest

from rag.text.coreference import opens_with_pronoun, pronoun_edit
from rag.text.sentences import sentence_spans


def replacement(text: str) -> str | None:
    """What stands in place of the pronoun that opens the last sentence."""
    spans = sentence_spans(text)
    edit = pronoun_edit(text, spans, len(spans) - 1)
    return None if edit is None else edit.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Foreign Minister Hask said so. He left.", "[Hask]"),
        ("According to Starkey, the light was ready. He left.", "[Starkey]"),
        ("Krale noted the rain. The roads were shut. She left.", "[Krale]"),
        ("The Ambassador raised the nets. He left.", "[The Ambassador]"),
        ("The Ambassador raised the nets. Later, he left.", "[the Ambassador]"),
    ],
)
def test_a_pronoun_is_replaced_by_the_one_person_named_before(text: str, expected: str | None) -> None:
    assert replacement(text) == expected


@pytest.mark.parametrize(
    "before",
    [
        "Hask told Starkey so.",
        "Hask's adviser said so.",
        "The GOZ said so.",
        "Hask said that she had won.",
        "The Ambassador asked about it.",
        "The weather was fair in May.",
    ],
)
def test_a_pronoun_stays_where_the_person_is_uncertain(before: str) -> None:
    assert replacement(f"{before} He left.") is None


def test_names_more_than_three_sentences_back_are_not_used() -> None:
    assert replacement("Hask noted the rain. It fell. It fell. He left.") == "[Hask]"
    assert replacement("Hask noted the rain. It fell. It fell. It fell. He left.") is None


def test_the_edit_covers_the_pronoun_alone() -> None:
    text = "Hask noted the rain. In private, he doubted it."
    spans = sentence_spans(text)
    edit = pronoun_edit(text, spans, 1)
    assert edit is not None
    assert text[edit.start : edit.end] == "he"


@pytest.mark.parametrize(
    ("sentence", "opens"),
    [("He left.", True), ("In private, she left.", True), ("He or she left.", True), ("The reef held him.", False)],
)
def test_whether_a_sentence_opens_with_a_pronoun(sentence: str, opens: bool) -> None:
    assert opens_with_pronoun(sentence, sentence_spans(sentence)[0]) is opens
