from rag.domain.answer_difference import AnswerDifference
from tests.rag.kept import BELL, LAMP, answer_of


def test_sentences_and_citations_of_the_one_and_of_the_other() -> None:
    before = answer_of(("08QUILL1#1", LAMP), ("08QUILL1#2", BELL))
    after = answer_of(("08QUILL1#2", f" {BELL}\n"), ("08QUILL3#1", "A ferry came."))
    fields = AnswerDifference.between(before, after).json()
    assert {name: [each["text"] for each in found] for name, found in fields["sentences"].items()} == {
        "added": ["A ferry came."],
        "removed": [LAMP],
        "same": [f" {BELL}\n"],
    }
    assert fields["citations"] == {
        "added": [{"key": "08QUILL3#1", "citation": "[08QUILL3#1]"}],
        "removed": [{"key": "08QUILL1#1", "citation": "[08QUILL1#1]"}],
    }
