from rag.domain.span import Span
from rag.text.edit import Edit, apply_edits

TEXT = "One. He left yesterday. Two."
SENTENCE = Span(5, 23)


def test_edits_replace_and_insert_in_any_order() -> None:
    edits = [Edit(22, 22, " [26 August 2008]"), Edit(5, 7, "[Hask]")]
    assert apply_edits(TEXT, SENTENCE, edits) == "[Hask] left yesterday [26 August 2008]."


def test_without_edits_the_span_is_verbatim() -> None:
    assert apply_edits(TEXT, SENTENCE, []) == "He left yesterday."


def test_edits_outside_the_span_are_ignored() -> None:
    assert apply_edits(TEXT, SENTENCE, [Edit(0, 3, "[1]"), Edit(24, 27, "[2]")]) == "He left yesterday."
