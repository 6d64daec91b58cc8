"""A baseline: the pipeline of LangChain's retrieval tutorial, over the same cables."""

from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Self
from uuid import uuid4

from langchain_core.embeddings import Embeddings

from evals.attribution import Grams, contained_paragraphs, grams_by_paragraph
from evals.extras import import_extra
from evals.ranking import Ranking
from rag.catalog.catalog import Catalog
from rag.domain.cable import Cable

CHUNK_CHARACTERS = 1000
OVERLAP_CHARACTERS = 200
_BATCH = 500

Splitter = Callable[[str], list[str]]


def tutorial_splitter() -> Splitter:
    """LangChain's RecursiveCharacterTextSplitter as the tutorial sets it up.

    Raises:
        BadInput: the package langchain-text-splitters is missing.
    """
    splitters = import_extra("langchain_text_splitters")
    split: Splitter = splitters.RecursiveCharacterTextSplitter(
        chunk_size=CHUNK_CHARACTERS, chunk_overlap=OVERLAP_CHARACTERS
    ).split_text
    return split


class TutorialPipeline:
    """Whole cables, cut every 1,000 characters into an in-memory Chroma collection with vector search alone.

    The tutorial gives its model the first 5 chunks, so recall@5 is what its reader gets; 20 are fetched here to measure
    every depth. A chunk counts for each paragraph of which it contains at least half.
    """

    def __init__(self, catalog: Catalog, embeddings: Embeddings, split: Splitter, k: int = 20) -> None:
        """Cuts and embeds the whole archive, which takes about as long as indexing."""
        import chromadb
        from langchain_chroma import Chroma

        self._k = k
        self._chroma = Chroma(
            collection_name=f"tutorial-{uuid4().hex}",  # in-memory clients of one process share their collections
            embedding_function=embeddings,
            client=chromadb.EphemeralClient(chromadb.config.Settings(anonymized_telemetry=False)),
        )
        self._keys: list[tuple[str, ...]] = []
        chunks: list[str] = []
        for chunk, keys in _chunks(catalog, split):
            chunks.append(chunk)
            self._keys.append(keys)
        for start in range(0, len(chunks), _BATCH):
            batch = range(start, min(start + _BATCH, len(chunks)))
            self._chroma.add_texts([chunks[number] for number in batch], [{"number": number} for number in batch])

    def search(self, question: str) -> Ranking:
        """The nearest chunks, best first, each as the keys of the paragraphs it counts for."""
        chunks = self._chroma.similarity_search(question, k=self._k)
        return [self._keys[chunk.metadata["number"]] for chunk in chunks]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._chroma.delete_collection()


def whole_text(cable: Cable) -> str:
    """A cable as one text: its subject, then its paragraphs with their printed numbers and line breaks."""
    parts = [f"SUBJECT: {cable.subject}"] if cable.subject else []
    for paragraph in cable.paragraphs:
        number = "" if paragraph.number is None else f"{paragraph.number}. "
        marking = "" if paragraph.marking is None else f"({paragraph.marking}) "
        parts.append(f"{number}{marking}{paragraph.layout}")
    return "\n\n".join(parts)


def _chunks(catalog: Catalog, split: Splitter) -> Iterator[tuple[str, tuple[str, ...]]]:
    for cable_id in catalog.ids():
        cable = catalog.cable(cable_id)
        if cable is None:
            continue
        paragraphs: list[tuple[str, Grams]] = grams_by_paragraph(cable.paragraphs)
        for chunk in split(whole_text(cable)):
            yield chunk, contained_paragraphs(chunk, paragraphs)
