"""What the pages of kept answers need of one reader's archive."""

from datetime import UTC, datetime

from api.http.keeping_service import enter_shown, query_again
from api.http.saved_page import saved_page
from api.web.asked import Asked
from api.web.page_archive import PageArchive
from rag.answers.threads import in_thread
from rag.catalog.answer_seals import AnswerSeals
from rag.catalog.catalog_reader import CatalogReader
from rag.catalog.kept_answers import KeptAnswers, KeptPage
from rag.catalog.reopening import reopen
from rag.citing.source_excerpt import source_excerpts
from rag.domain.access import Clearance
from rag.domain.answer import Answer
from rag.domain.events import last
from rag.domain.kept_answer import KeptQuestion, ReopenedAnswer
from rag.domain.paragraph_key import locator_of
from rag.errors import BadInput

_AT_ONCE = 50


class KeptService(PageArchive):
    """Kept answers of whoever opened a page. All but `again` block; all raise Unauthorized as `PageService` does."""

    def seal(self, asked: Asked, answer: Answer) -> str:
        """An answer that was just given, for the browser to hand back when its reader keeps or saves it."""
        question = KeptQuestion(asked.question, asked.filters, asked.without)
        return self._seals().seal(answer, question)

    def keep(self, sealed: str) -> str:
        """Keep an answer; returns its id.

        Raises:
            BadInput: it was not given here to this reader, or a source of it was changed since.
        """
        answer, asked = self._opened(sealed)
        return str(self._kept().keep(answer, asked).id)

    def file(self, sealed: str) -> tuple[str, str]:
        """An answer's question, and the answer as one HTML file; raises as `keep`."""
        answer, asked = self._opened(sealed)
        fields = {name: value for name, value in answer.json().items() if name != "id"}  # it is not kept
        sources = source_excerpts(self._view().catalog, fields["citations"], self._holding)
        self._audited().answered(answer)
        return asked.question, saved_page(fields, sources, datetime.now(UTC))

    def page(self, cursor: str | None) -> tuple[KeptPage, Clearance]:
        """Some of the answers that this key kept, the latest first, and what the reader may see.

        Raises:
            BadInput: the cursor is none that a page gave.
        """
        return self._kept().page(_AT_ONCE, cursor), self._view().catalog.reader

    def open(self, kept_id: str) -> ReopenedAnswer:
        """A kept answer as the reader may see it now.

        Raises:
            NotFound: this key kept no answer with this id.
        """
        opened = reopen(self._kept().get(kept_id), self._view().catalog)
        enter_shown(self._audited(), opened)
        return opened

    async def again(self, kept_id: str) -> tuple[ReopenedAnswer, Answer]:
        """A kept answer, and what its question is answered today.

        Raises:
            BadInput: the question was erased with a source that was withdrawn.
            NotFound: this key kept no answer with this id.
        """
        before = await in_thread(self.open, kept_id)
        view = await in_thread(self._view)
        return before, await last(self._audited().events(view.stream(query_again(before))))

    def set_note(self, kept_id: str, note: str) -> None:
        """Replace the note of a kept answer.

        Raises:
            BadInput: it is too long.
            NotFound: this key kept no answer with this id.
        """
        self._kept().set_note(kept_id, note)

    def delete(self, kept_id: str) -> None:
        """Delete a kept answer; raises NotFound as `open`."""
        self._kept().delete(kept_id)

    def _opened(self, sealed: str) -> tuple[Answer, KeptQuestion]:
        answer, asked = self._seals().open(sealed)
        if not _stands(answer, self._view().catalog):
            raise BadInput("a source of this answer was changed or withdrawn since; ask the question again")
        return answer, asked

    def _kept(self) -> KeptAnswers:
        catalog = self._view().catalog
        return KeptAnswers(catalog, self._key_id or None)

    def _seals(self) -> AnswerSeals:
        catalog = self._view().catalog
        return AnswerSeals(catalog, self._key_id)


def _stands(answer: Answer, catalog: CatalogReader) -> bool:
    """Whether the words that an answer quotes stand where they stood."""
    quotes = [quote for quote in answer.quotes if locator_of(quote.key)]
    held = catalog.paragraphs([quote.key for quote in quotes])
    return all(quote.key in held and quote.stands_in(held[quote.key][1].text) for quote in quotes)
