"""The sentences of the benchmark: what an assistant might write from paragraphs of cables, true and false.

Each was written by a reader of the paragraphs, and judged by a second one who did not know what the first meant it to
be; those on which they differ were left out.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.golden import Half, half
from evals.jsonl import read_json_lines
from ingest.parser import read
from ingest.sources.document import Rejection
from ingest.sources.paths import documents
from rag.domain.cable import Cable
from rag.domain.paragraph_key import cable_id_of
from rag.domain.retrieved_paragraph import RetrievedParagraph
from rag.text.sentences import sentence_spans

FILE = Path(__file__).with_name("sentences.jsonl")


@dataclass(frozen=True, slots=True)
class CitedSentence:
    """A sentence with the keys of the paragraphs it cites, and whether they wholly support it.

    `kind` says how it was made from them: `paraphrase`, `wrong_number` ...; `question` is what it answers, where that
    matters.
    """

    sentence: str
    cites: tuple[str, ...]
    supported: bool
    kind: str
    question: str = ""

    @property
    def half(self) -> Half:
        """All sentences about a cable are in one half."""
        return half(cable_id_of(self.cites[0]))


def load_sentences(path: Path = FILE) -> list[CitedSentence]:
    """All sentences of the benchmark.

    Raises:
        BadInput: the file cannot be read.
    """
    return [CitedSentence(**fields | {"cites": tuple(fields["cites"])}) for _, fields in read_json_lines(path)]


def cited_paragraphs(sentences: Sequence[CitedSentence], paths: Sequence[Path]) -> dict[str, RetrievedParagraph]:
    """The paragraphs that these sentences cite, by key, read from the cables in `paths`."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for key in (key for sentence in sentences for key in sentence.cites):
        wanted[cable_id_of(key)].add(key)
    return {
        str(paragraph.key): RetrievedParagraph(cable, paragraph, 1.0, tuple(sentence_spans(paragraph.text)))
        for cable in _cables(paths)
        for paragraph in cable.paragraphs
        if str(paragraph.key) in wanted.get(str(cable.id), ())
    }


def _cables(paths: Sequence[Path]) -> Iterator[Cable]:
    for document in documents(paths):
        if not isinstance(document, Rejection):
            yield from (each for each in read(document) if isinstance(each, Cable))
