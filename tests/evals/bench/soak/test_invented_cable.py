from evals.bench.soak.invented_cable import PARAGRAPHS, InventedCable
from ingest.parser import read
from ingest.sources.document import Document
from rag.domain.cable import Cable


def test_the_parser_reads_it_as_meant() -> None:
    invented = InventedCable(37, 2)
    [cable] = read(Document("a.txt", invented.text().encode()))
    assert isinstance(cable, Cable)
    assert (str(cable.id), len(cable.paragraphs), cable.problems) == (invented.id, PARAGRAPHS, ())
    assert all(invented.mark in paragraph.text for paragraph in cable.paragraphs)


def test_marks_are_words_of_letters_and_differ() -> None:
    marks = [InventedCable(serial, revision).mark for serial in range(300) for revision in range(20)]
    assert len(set(marks)) == len(marks)
    assert all(mark.isalpha() for mark in marks)
