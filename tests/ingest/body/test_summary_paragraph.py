"""Which paragraph is the summary."""

import pytest

from ingest.body.segment import Segment
from ingest.body.summary_paragraph import find_summary
from rag.domain.paragraph_key import Locator


def _segments(*texts: str, heading: str | None = None) -> list[Segment]:
    return [Segment(Locator(number), text, text, heading=heading) for number, text in enumerate(texts, 1)]


@pytest.mark.parametrize(
    ("texts", "number"),
    [
        (("The lamp is out.", "Summary: The boat sank."), 2),
        (("BEGIN SUMMARY. The lamp is out.",), 1),
        (("Action request and summary: Send oil.",), 1),
        (("The lamp is out. End summary.", "The boat sank."), 1),
        (("The boat sank. End summary.", "Summmary", "Summary. The lamp is out."), 3),
    ],
)
def test_summary_by_its_words(texts: tuple[str, ...], number: int) -> None:
    assert find_summary(_segments(*texts)) == Locator(number)


def test_summary_under_its_heading() -> None:
    assert find_summary(_segments("The lamp is out.", heading="Executive Summary")) == Locator(1)


@pytest.mark.parametrize("text", ["Summary of the talks", "Summary execution", "He gave a summary.", ""])
def test_other_uses_of_the_word_are_no_summary(text: str) -> None:
    assert find_summary(_segments(text)) is None


def test_a_summary_late_in_the_telegram_is_none() -> None:
    assert find_summary(_segments(*["The lamp is out."] * 6, "Summary: The boat sank.")) is None
