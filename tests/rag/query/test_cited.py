import pytest

from rag.archive import Archive
from rag.query.cited import CitedInQuestion, find_cited


@pytest.mark.parametrize(
    ("question", "cited"),
    [
        ("What does OSTERMERE 71 ¶1 say?", CitedInQuestion(paragraphs=("08OSTERMERE71#1",))),
        ("Summarise 08OSTERMERE71", CitedInQuestion(cables=("08OSTERMERE71",))),
        ("What was said in Ostermere 2007?", CitedInQuestion()),  # a year
        ("Who won the regatta?", CitedInQuestion()),
    ],
)
def test_citations_of_the_archive_are_found(sample: Archive, question: str, cited: CitedInQuestion) -> None:
    assert find_cited(question, sample.as_reader(sample.catalog.reader).catalog) == cited


@pytest.mark.parametrize("question", ["What does OSTERMERE 71 ¶99 say?", "What does OSTERMERE 9999 say?"])
def test_a_citation_of_nothing_is_told(sample: Archive, question: str) -> None:
    cited = find_cited(question, sample.catalog)
    assert cited and not cited.cable_ids and len(cited.missing) == 1


def test_a_paragraph_brings_its_cable() -> None:
    assert CitedInQuestion(("08OSTERMERE71#1",), ("07OSTERMERE644",)).cable_ids == {"08OSTERMERE71", "07OSTERMERE644"}
