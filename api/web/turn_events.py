"""An answer as it comes: parts of a page as server-sent events, which htmx puts in place."""

import logging
from asyncio import to_thread
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing

from fastapi import Request

from api.problems import error_details
from api.web.asked import Asked
from api.web.history import RememberedTurn
from api.web.kept_service import KeptService
from api.web.page_service import PageService
from api.web.templates import rendered
from api.web.turn_view import Citing, TurnView, answered_turn
from rag.domain.answer import Answer
from rag.domain.events import Answered, Event, Stated, Status
from rag.errors import CablesError
from rag.query.conversation import Turn

_STAGES = {"searching": "Searching the archive …", "reading": "Reading {} paragraphs …", "writing": "Writing …"}
_log = logging.getLogger(__name__)


async def turn_events(request: Request, asked: Asked, earlier: Sequence[Turn]) -> AsyncGenerator[str, None]:
    """The question at once, then statuses, verified sentences and the whole answer, or the reason for having none."""
    service, turn = PageService(request), TurnView.begun(asked)
    yield rendered(request, "turn.html", turn=turn)
    try:
        asking = service.ask(asked.question, asked.filters, asked.without, earlier)
        async with aclosing(asking) as events:
            async for event in events:
                yield await _part(request, service, turn, event)
    except Exception as error:  # noqa: BLE001 - the status line is sent: the failure becomes the last event
        if not isinstance(error, CablesError):
            _log.exception("an answer failed while it was streamed", exc_info=error)
        failed = TurnView(asked, failure=error_details(error)["detail"], id=turn.id)
        yield rendered(request, "turn_part.html", part="turn", id=turn.id, turn=failed)


async def answered(request: Request, asked: Asked, answer: Answer) -> TurnView:
    """The turn with an answer that was just given."""
    sealed = await to_thread(KeptService(request).seal, asked, answer)
    return await finished_turn(request, RememberedTurn(asked, answer, sealed))


async def finished_turn(request: Request, turn: RememberedTurn) -> TurnView:
    """The turn with its whole answer."""
    cited = [key for sentence in turn.answer.sentences for key in sentence.citations]
    sources = await to_thread(PageService(request).passages, cited or turn.answer.closest)
    return answered_turn(turn, sources, str(request.base_url).rstrip("/"))


async def _part(request: Request, service: PageService, turn: TurnView, event: Event) -> str:
    if isinstance(event, Status):
        return rendered(request, "turn_part.html", part="status", id=turn.id, status=status_text(event))
    if isinstance(event, Stated):
        passages = await to_thread(service.passages, event.sentence.citations)
        sentence = Citing(passages).sentence(event.sentence)
        return rendered(request, "turn_part.html", part="sentence", id=turn.id, sentence=sentence)
    assert isinstance(event, Answered)  # noqa: S101 - there are no other events
    finished = await answered(request, turn.asked, event.answer)
    return rendered(request, "turn_part.html", part="turn", id=turn.id, turn=finished)


def status_text(status: Status) -> str:
    """A stage of the work in words."""
    return _STAGES[status.stage].format(status.found)
