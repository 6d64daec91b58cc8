"""What the pages need of an archive, as one reader sees it."""

from asyncio import to_thread
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.datastructures import State
from starlette.requests import HTTPConnection

from api.admission import view_for
from api.http import browsing
from api.web.suggested import suggested_question
from rag.answer import Answer
from rag.asking import Ask
from rag.cable import Cable
from rag.cable_id import CableId
from rag.conversation import Turn
from rag.events import Event
from rag.feedback import Feedback, Verdict
from rag.filters import Filters
from rag.listing import Chosen, Count, Listing
from rag.lookup import Opened, open_paragraph
from rag.passage import Passage
from rag.question import checked
from rag.view import View

_REMEMBERED = 10
"""How many answers back a question can follow up."""

_SAME = 0.95
"""Cosine from which two paragraphs are taken for the same text."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the archive holds for this reader, for the first look at it."""

    cables: int
    paragraphs: int
    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a query finds: paragraphs, best first, and `("2008-08", 3)` for each month."""

    passages: list[Passage]
    months: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class ReadingRoom:
    """The archive for whoever opened a page. All but `ask` block; pages call them in a worker thread.

    Every call raises Unauthorized where the reader must show a key, or another one.
    """

    connection: HTTPConnection

    async def ask(
        self, question: str, filters: Filters, dismissed: frozenset[str], earlier: Sequence[Answer]
    ) -> AsyncGenerator[Event, None]:
        """Statuses, sentences and the answer; `dismissed` are conditions not to be read from the question.

        Raises:
            TooManyRequests: the reader has asked too much lately. A socket's messages pass no limit but this one.
        """
        if callers := self._service.callers:
            await callers.count(self.connection)
        view = await to_thread(self._view)
        turns = tuple(
            turn
            for answer in earlier[-_REMEMBERED:]
            for turn in (Turn("user", answer.question), Turn("assistant", answer.text))
        )
        async with aclosing(view.stream(Ask(checked(question), filters, dismissed, turns))) as events:
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

    def facets(self) -> Mapping[str, Sequence[Count]]:
        """By kind (`post`, `year`, `tag`, `classification`), the values there are and how many cables have each."""
        return Listing(self._view().catalog).page(Chosen(), 1).facets

    def listed(self, chosen: Chosen, cursor: str | None) -> dict[str, Any]:
        """A page of cables with the counts of each kind, as `GET /cables` returns it."""
        year, limit = chosen.year, 50
        return browsing.cables(self._view(), chosen.post, year, chosen.tag, chosen.classification, cursor, limit)

    def found(self, query: str, chosen: Chosen) -> Found:
        """What a query finds under these conditions: its best paragraphs, and how many hold its words by month."""
        view = self._view()
        filters = _filters(chosen)
        passages = view.search(checked(query), 30, filters)
        return Found(passages, list(view.lexical.months(query, filters).items()))

    def references(self, cable_id: str) -> dict[str, Any]:
        """The cables this one refers to and those that refer to it, as `GET /cables/{id}/references` returns them."""
        return browsing.references(cable_id, self._view())

    def similar(self, key: str, k: int = 5) -> list[Passage]:
        """The paragraphs nearest in meaning to this one, best first."""
        view = self._view()
        cable_id, _, locator = key.partition("#")
        opened = open_paragraph(view.catalog, cable_id, locator)
        assert opened.paragraph is not None  # noqa: S101 - open_paragraph found it
        return view.retriever.similar(opened.cable, opened.paragraph, k)

    def near_duplicates(self, cable: Cable) -> list[Passage]:
        """Paragraphs of other cables that say almost word for word what this one's summary says."""
        if not cable.paragraphs:
            return []
        near = self.similar(cable.summary_key or str(cable.paragraphs[0].key))
        return [each for each in near if each.score >= _SAME and each.cable_id != str(cable.id)]

    def judge(self, answer: Answer, verdict: str, reason: str | None) -> None:
        """Keep a reader's verdict on an answer."""
        keys = tuple(dict.fromkeys(quote.key for quote in answer.quotes))
        Feedback(self._view().catalog).add(Verdict(answer.question, verdict, reason, keys, answer.text))

    def _view(self) -> View:
        """Asked for anew each time: a key may have been revoked since."""
        return view_for(self.connection, self._service)

    @property
    def _service(self) -> State:
        service = self.connection.app.state.service
        assert isinstance(service, State)  # noqa: S101 - set where the pages are mounted
        return service


def _filters(chosen: Chosen) -> Filters:
    year = chosen.year
    return Filters.of(
        [chosen.post] if chosen.post else [],
        [chosen.tag] if chosen.tag else [],
        date(year, 1, 1) if year else None,
        date(year, 12, 31) if year else None,
        [chosen.classification] if chosen.classification else [],
    )
