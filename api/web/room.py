"""What the pages need of an archive, as one reader sees it."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from fastapi import Request

from rag.answer import Answer
from rag.archive import Archive
from rag.cable_id import CableId
from rag.chain import Ask
from rag.filters import Filters
from rag.lookup import Opened, open_paragraph
from rag.passage import Passage
from rag.question import checked


@dataclass(frozen=True, slots=True)
class ReadingRoom:
    """One reader's way into the archive. Its calls block; pages run them in a worker thread."""

    archive: Archive

    async def ask(self, question: str, filters: Filters) -> AsyncIterator[Answer]:
        """The answer."""
        yield await self.archive.chain.ainvoke(Ask(checked(question), filters))

    def open(self, cable_id: str) -> Opened:
        """A whole cable.

        Raises:
            BadInput: this is not a cable id.
            NotFound: there is no such cable for this reader.
        """
        return open_paragraph(self.archive.catalog, str(CableId.parse(cable_id)), None)

    def passages(self, keys: Sequence[str]) -> list[Passage]:
        """The paragraphs with these keys, in this order; those that are not there are left out."""
        return self.archive.retriever.passages([(key, 0.0) for key in keys])


def room_of(request: Request) -> ReadingRoom:
    """The room of whoever sends this request."""
    archive = request.app.state.service.archive
    assert isinstance(archive, Archive)  # noqa: S101 - set by the service's lifespan
    return ReadingRoom(archive)
