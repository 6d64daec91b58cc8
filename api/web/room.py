"""What the pages need of an archive, as one reader sees it."""

from asyncio import to_thread
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from starlette.requests import HTTPConnection

from api.admission import view_for
from api.web.suggested import suggested_question
from rag.asking import Ask
from rag.cable_id import CableId
from rag.events import Event
from rag.filters import Filters
from rag.lookup import Opened, open_paragraph
from rag.passage import Passage
from rag.question import checked
from rag.view import View


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the archive holds for this reader, for the first look at it."""

    cables: int
    paragraphs: int
    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadingRoom:
    """The archive for whoever opened a page. All but `ask` block; pages call them in a worker thread.

    Every call raises Unauthorized where the reader must show a key, or another one.
    """

    connection: HTTPConnection

    async def ask(self, question: str, filters: Filters, dismissed: frozenset[str]) -> AsyncGenerator[Event, None]:
        """Statuses, sentences and the answer; `dismissed` are conditions not to be read from the question."""
        view = await to_thread(self._view)
        async with aclosing(view.stream(Ask(checked(question), filters, dismissed))) as events:
            async for event in events:
                yield event

    def open(self, cable_id: str) -> Opened:
        """A whole cable.

        Raises:
            BadInput: this is not a cable id.
            NotFound: there is no such cable for this reader.
        """
        return open_paragraph(self._view().catalog, str(CableId.parse(cable_id)), None)

    def passages(self, keys: Sequence[str]) -> list[Passage]:
        """The paragraphs with these keys, in this order; those that are not there are left out."""
        return self._view().retriever.passages([(key, 0.0) for key in dict.fromkeys(keys)])

    def holdings(self) -> Holdings:
        """How much there is, and from which posts."""
        catalog = self._view().catalog
        size = catalog.size()
        return Holdings(size.cables, size.paragraphs, tuple(sorted(catalog.posts().values())))

    def suggested(self, most: int = 4) -> list[str]:
        """Questions to begin with, from cables spread over the archive."""
        catalog = self._view().catalog
        ids = catalog.ids()
        questions: list[str] = []
        for cable_id in ids[:: max(1, len(ids) // (3 * most))]:
            cable = catalog.cable(cable_id)
            question = suggested_question(cable) if cable else None
            if question and question not in questions:
                questions.append(question)
            if len(questions) == most:
                break
        return questions

    def _view(self) -> View:
        """Asked for anew each time: a key may have been revoked since."""
        return view_for(self.connection, self.connection.app.state.service)
