"""Cables named by their subject."""

import pytest

from rag.query.titles import with_ids

SUBJECTS = [
    ("08QUILL12", "HARBOUR PILOTS STRIKE: DAY THREE"),
    ("08QUILL15", "HARBOUR PILOTS STRIKE"),
    ("07OSTERMERE9", "VISIT OF THE MINISTER"),
    ("08OSTERMERE9", "VISIT OF THE MINISTER"),
]


def subjects_like(words: str) -> list[tuple[str, str]]:
    return [(cable_id, subject) for cable_id, subject in SUBJECTS if words.casefold() in subject.casefold()]


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ('Who signed the cable called "Harbour pilots strike"?', "Who signed 08QUILL15?"),
        (
            "On what day did Quill's cable “Harbour pilots strike: day three” go out?",
            "On what day did 08QUILL12 go out?",
        ),
        ('TAGS of the telegram with the subject "PILOTS STRIKE: DAY"', "TAGS of 08QUILL12"),
        ('Who signed the cable "Visit of the minister"?', 'Who signed the cable "Visit of the minister"?'),
        ('Who signed the cable "No such thing"?', 'Who signed the cable "No such thing"?'),
        ('How many cables mention "Harbour pilots strike"?', 'How many cables mention "Harbour pilots strike"?'),
    ],
)
def test_a_cable_named_by_its_subject_is_named_by_its_id(question: str, read: str) -> None:
    assert with_ids(question, subjects_like) == read
