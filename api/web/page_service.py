"""What the pages need of one reader's archive."""

from asyncio import to_thread
from collections.abc import AsyncGenerator, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

from api.http import browsing_service
from api.web.page_archive import PageArchive
from api.web.suggested import suggested_question
from rag.catalog.coverage import Coverage, PostYear
from rag.catalog.feedback import Feedback, FeedbackVerdict
from rag.catalog.listing import BY_DATE, Listing, ListingFilters, ListingOrder, ValueCount
from rag.catalog.lookup import OpenedCitation, open_paragraph
from rag.catalog.scope import cables_within
from rag.checking.draft_check import CheckedCitation, check_draft, shown_keys
from rag.citing.citable import Citable
from rag.citing.citation_style import CitationStyle
from rag.citing.citation_text import cite_in
from rag.citing.endnotes import notes_of
from rag.domain.answer import Answer
from rag.domain.cable import Cable
from rag.domain.cable_id import CableId
from rag.domain.events import Event
from rag.domain.filters import Filters
from rag.domain.paragraph_key import cable_id_of, locator_of
from rag.domain.retrieved_paragraph import RetrievedParagraph
from rag.query.conversation import Turn
from rag.query.query import Query, checked
from rag.query.scan_reader import read_scan
from rag.retrieval.scanner import ScanHit, ScanPage

_SAME_TEXT = 0.95
"""Cosine from which two paragraphs count as the same text."""


@dataclass(frozen=True, slots=True)
class ArchiveSummary:
    """How much of the archive this reader may see."""

    cables: int
    paragraphs: int
    posts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageResults:
    """Results of a query: paragraphs, best first, and counts by month such as `("2008-08", 3)`."""

    passages: list[RetrievedParagraph]
    months: list[tuple[str, int]]


class PageService(PageArchive):
    """The archive for whoever opened a page. All but `ask` block; pages call them in a worker thread.

    Every call raises Unauthorized where the reader must show a key, or another one.
    """

    async def ask(
        self, question: str, filters: Filters, dismissed: frozenset[str], earlier: Sequence[Turn]
    ) -> AsyncGenerator[Event, None]:
        """Statuses, sentences and the answer; `dismissed` are fields whose conditions are not read from the question.

        `earlier` is the conversation before it, oldest first.
        """
        view = await to_thread(self._view)
        answering = view.stream(Query(checked(question), filters, dismissed, tuple(earlier)))
        async with aclosing(self._audited().events(answering)) as events:
            async for event in events:
                yield event

    def open(self, cable_id: str) -> OpenedCitation:
        """A whole cable.

        Raises:
            BadInput: this is not a cable id.
            NotFound: there is no such cable for this reader.
        """
        opened = browsing_service.open_cable(self._view(), cable_id)
        self._audited().shown((str(each.key) for each in opened.cable.paragraphs), [str(opened.cable.id)])
        return opened

    def cite(self, cable_id: str, number: str | None) -> tuple[str, Citable]:
        """The citation of a cable, or of a paragraph of it, and what its citation in any style says.

        Raises:
            BadInput: this is not a cable id, or not the number of a paragraph.
            NotFound: there is no such cable or paragraph for this reader.
        """
        opened = open_paragraph(self._view().catalog, str(CableId.parse(cable_id)), number)
        self._audited().shown(cables=[str(opened.cable.id)])
        return opened.citation, self.citable(opened)

    def citable(self, opened: OpenedCitation) -> Citable:
        """What a citation of an opened cable or paragraph says."""
        return Citable.of(opened, self._holding)

    def notes(self, keys: Sequence[str]) -> dict[str, str]:
        """The full note of each paragraph and cable, as far as this reader may see them."""
        found = notes_of(self._view().catalog, keys, self._holding, partial(cite_in, CitationStyle.CHICAGO))
        self._audited().shown(cables=map(cable_id_of, found))
        return found

    def passages(self, keys: Sequence[str]) -> list[RetrievedParagraph]:
        """The paragraphs with these keys, in this order; missing ones are left out."""
        return self._entered(self._view().retriever.paragraphs([(key, 0.0) for key in dict.fromkeys(keys)]))

    def holdings(self) -> ArchiveSummary:
        """How much there is, and from which posts."""
        catalog = self._view().catalog
        size = catalog.size()
        return ArchiveSummary(size.cables, size.paragraphs, tuple(sorted(catalog.posts().values())))

    def suggested(self, most: int = 4) -> list[str]:
        """Questions to start with, from cables spread over the archive."""
        catalog = self._view().catalog
        ids = catalog.ids()
        questions: list[str] = []
        for cable_id in ids[:: max(1, len(ids) // (3 * most))]:
            cable = catalog.cable(cable_id)
            question = suggested_question(cable) if cable else None
            if question and question not in questions:
                questions.append(question)
                self._audited().shown(cables=[cable_id])
            if len(questions) == most:
                break
        return questions

    def matching(self, filters: Filters) -> int:
        """How many cables these filters leave."""
        return cables_within(self._view().catalog, filters)

    def facets(self) -> Mapping[str, Sequence[ValueCount]]:
        """By kind (`post`, `year`, `tag`, `classification`), the values there are and how many cables have each."""
        return Listing(self._view().catalog).page(ListingFilters(), 1).facets

    def list_cables(self, filters: ListingFilters, cursor: str | None, order: ListingOrder = BY_DATE) -> dict[str, Any]:
        """A page of cables with the counts of each kind, as `GET /cables` returns it."""
        page = browsing_service.list_cables(self._view(), filters, 50, cursor, order)
        self._audited().shown(cables=browsing_service.shown_cables(page["cables"]))
        return page

    def beside(
        self, listing: ListingFilters, cable_id: str, order: ListingOrder
    ) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
        """The cables before and after this one in such a list, as `list_cables` gives them; None at an end of it."""
        found = browsing_service.beside(self._view(), listing, cable_id, order)
        self._audited().shown(cables=browsing_service.shown_cables([each for each in found if each]))
        return found

    def search(self, query: str, listing: ListingFilters) -> PageResults:
        """The best paragraphs for a query under these filters, and by month, of any date, how many have its words."""
        view = self._view()
        filters = listing.filters
        passages = self._entered(view.search(checked(query), 30, filters))
        return PageResults(passages, list(view.lexical.months(query, filters.without(["date"])).items()))

    def scan(self, words: str, listing: ListingFilters, cursor: str | None) -> ScanPage:
        """A page of the paragraphs that hold the very words under these filters, with the totals of all.

        Raises:
            BadInput: the query cannot be read, or the cursor is none that a page gave.
        """
        found = self._view().scanner.page(read_scan(words), listing.filters, 50, cursor)
        self._audited().shown(hit.key for hit in found.hits)
        return found

    def scan_batches(self, words: str, listing: ListingFilters) -> Iterator[tuple[ScanHit, ...] | None]:
        """All such paragraphs, some hundreds at a time, after a None; raises as `scan`, before the first."""
        batches = self._view().scanner.batches(read_scan(words), listing.filters)
        first = next(batches, ())
        audited = self._audited()

        def entered() -> Iterator[tuple[ScanHit, ...] | None]:
            yield None
            for hits in chain([first], batches):
                audited.shown(hit.key for hit in hits)
                yield hits

        return entered()

    def coverage(self, post: str | None) -> list[PostYear]:
        """What is held, and what is lacking, of each year of each post, or of this one.

        Raises:
            NotFound: nothing is held or named of the post.
        """
        return Coverage(self._view().catalog).years(post)

    def check(self, draft: str) -> list[CheckedCitation]:
        """The citations and quotations of a draft.

        Raises:
            BadInput: the draft is too long.
        """
        view = self._view()
        checked = check_draft(draft, view.catalog, view.lexical)
        self._audited().shown(shown_keys(checked))
        return checked

    def references(self, cable_id: str) -> dict[str, Any]:
        """The cables this one refers to and those that refer to it, as `GET /cables/{id}/references` returns them."""
        found = browsing_service.cable_references(self._view(), cable_id)
        self._audited().shown(cables=browsing_service.shown_cables([*found["outgoing"], *found["incoming"]]))
        return found

    def similar_to(self, cable_id: str, number: str) -> tuple[str, list[RetrievedParagraph]]:
        """A paragraph's citation, and the paragraphs nearest to it in meaning, best first.

        Raises:
            BadInput: this is not a cable id, or not the number of a paragraph.
            NotFound: there is no such paragraph for this reader.
        """
        opened = open_paragraph(self._view().catalog, str(CableId.parse(cable_id)), number)
        assert opened.paragraph is not None  # noqa: S101 - open_paragraph raises where there is none
        citation = opened.cable.citation(opened.paragraph, opened.with_year)
        return citation, self.similar(str(opened.paragraph.key))

    def similar(self, key: str, k: int = 5) -> list[RetrievedParagraph]:
        """The paragraphs nearest in meaning to this one, best first."""
        return self._entered(browsing_service.similar_paragraphs(self._view(), cable_id_of(key), locator_of(key), k))

    def near_duplicates(self, cable: Cable) -> list[RetrievedParagraph]:
        """Paragraphs of other cables that repeat this one's summary almost word for word."""
        if not cable.paragraphs:
            return []
        near = self.similar(cable.summary_key or str(cable.paragraphs[0].key))
        return [passage for passage in near if passage.score >= _SAME_TEXT and passage.cable_id != str(cable.id)]

    def add_verdict(self, answer: Answer, verdict: str, reason: str | None) -> None:
        """Store a reader's verdict on an answer."""
        keys = tuple(dict.fromkeys(quote.key for quote in answer.quotes))
        Feedback(self._view().catalog).add(FeedbackVerdict(answer.question, verdict, reason, keys, answer.text))

    def _entered(self, passages: list[RetrievedParagraph]) -> list[RetrievedParagraph]:
        """The same passages, after they were entered in the audit log."""
        self._audited().shown(passage.key for passage in passages)
        return passages
