"""Lines that tell a telegram."""

from ingest.formats.telegram_signs import count_signs
from tests.ingest.documents import telegram


def test_kinds_of_head_lines_are_counted() -> None:
    assert count_signs(telegram()) == 5
    assert count_signs("The secret of the lamp.\nsubject to change\nMeet our team") == 0
