from evals.tutorial import TutorialPipeline, whole_text
from rag.archive import Archive
from tests.evals.invented import CABLES, HARBOUR


def test_the_tutorial_cuts_whole_cables_and_counts_paragraphs(archive: Archive) -> None:
    def in_half(text: str) -> list[str]:
        return [text[: len(text) // 2], text[len(text) // 2 :]]

    with TutorialPipeline(archive.catalog, archive.embeddings, in_half) as tutorial:
        ranking = tutorial.search("Who promised new lamps to the lighthouse keepers?")
    assert len(ranking) == 4
    assert "07OSTERMERE10#3" in ranking[0]
    assert {key for place in ranking for key in place} >= {"07OSTERMERE10#1", "07OSTERMERE10#3"}


def test_whole_text_numbers_the_paragraphs_as_printed() -> None:
    assert whole_text(CABLES[0]).startswith(f"SUBJECT: HARBOUR WORKS\n\n1. (U) {HARBOUR[0]}\n\n2. (U) ")
