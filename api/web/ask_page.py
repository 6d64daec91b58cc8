"""`/`: the question, the answers, and beside them the cable reader."""

import json
from asyncio import CancelledError, Task, to_thread
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import date

from fastapi import Request
from nicegui import background_tasks, ui
from nicegui.element import Element
from nicegui.events import GenericEventArguments

from api.auth.gate import COOKIE
from api.web.cable_panel import CablePanel
from api.web.export import answer_markdown, answer_text, conversation_markdown
from api.web.filter_panel import Facets, FilterPanel
from api.web.history import STORED_AS, restored, stored
from api.web.markup import button, icon_button, node, set_attributes
from api.web.page_service import PageService
from api.web.session import draw_key_entry
from api.web.shell import Shell, content
from api.web.turn_panel import TurnActions, TurnPanel
from rag.domain.answer import Answer
from rag.domain.events import Answered, Stated, Status
from rag.errors import CablesError, Unauthorized

_STAGES = {"searching": "Searching the archive …", "reading": "Reading {} paragraphs …", "writing": "Writing …"}


async def ask_page(request: Request) -> None:
    """The page to ask on, with the conversation that the browser stored."""
    service = PageService(request)
    shell = Shell("/", COOKIE in request.cookies)
    try:
        welcome = await to_thread(_welcome, service)
    except Unauthorized as error:
        with content("page-gate"):
            draw_key_entry(str(error) if COOKIE in request.cookies else "")
        return
    page = AskPage(service, shell, str(request.base_url).rstrip("/"), welcome)
    await ui.context.client.connected()
    await page.restore(await ui.run_javascript(f"cables.kept({json.dumps(STORED_AS)})", timeout=10))


@dataclass(frozen=True, slots=True)
class Welcome:
    """What an empty page shows."""

    summary: str
    questions: list[str]
    facets: Facets


def _welcome(service: PageService) -> Welcome:
    size = service.holdings()
    posts = f"{', '.join(size.posts[:6])}{' and others' if len(size.posts) > 6 else ''}"
    summary = f"{size.cables:,} cables, {size.paragraphs:,} paragraphs, from {posts}." if size.cables else ""
    return Welcome(summary, service.suggested(), service.facets())


class AskPage:
    """The state of one open page."""

    def __init__(self, service: PageService, shell: Shell, origin: str, welcome: Welcome) -> None:
        """`origin` is the service's address as the browser knows it, for exported links."""
        self._service = service
        self._origin = origin
        self._turns: list[TurnPanel] = []
        self._work: Task[None] | None = None
        self._shell = shell
        with self._shell.tools:
            for name, label, action in (
                ("new", "New chat", self._clear),
                ("export", "Export as Markdown", self._export),
            ):
                icon_button(name, label, action).classes("begun")
        with content("page-ask"):
            with node("div", classes="talk", data_behind="true") as self._talk:
                _greeting(welcome.summary)
                self._list = node("div", classes="turns")
                with node("div", classes="dock"):
                    self._composer()
                    self._filter_panel = FilterPanel(welcome.facets, lambda filters: None)
                self._suggestions(welcome.questions)
            self._reader = CablePanel(service)
        ui.context.client.on_delete(self._stop)

    def ask(self, question: str, dismissed: frozenset[str] = frozenset()) -> None:
        """Ask, in the background; the answer appears below the others."""
        if self._work is not None:
            return
        turn = self._turn(question)
        turn.dismissed, turn.filters = dismissed, self._filter_panel.filters
        ui.run_javascript("cables.latest()")
        self._busy(True)
        self._work = background_tasks.create(self._answer(turn))

    async def restore(self, text: object) -> None:
        """Show the conversation that the browser stored, as far as the archive still holds it."""
        for answer in await to_thread(restored, text, self._service.passages):
            await self._finish(self._turn(answer.question), answer)
        if self._turns:
            ui.run_javascript("cables.latest()")

    def _turn(self, question: str) -> TurnPanel:
        with self._list:
            turn = TurnPanel(question, TurnActions(self._open, self._judge, self._copy, self._widen, self._again))
        self._turns.append(turn)
        set_attributes(self._talk, data_begun="true")
        ui.run_javascript("cables.begun(true)")
        return turn

    async def _answer(self, turn: TurnPanel) -> None:
        with self._list:  # a background task has no slot of its own
            try:
                stream = self._service.ask(turn.question, turn.filters, turn.dismissed, self._asked())
                async with aclosing(stream) as events:
                    async for event in events:
                        await self._event(turn, event)
            except CablesError as error:
                turn.fail(str(error))
            except CancelledError:
                turn.fail("Stopped.")
            finally:
                self._work = None
                self._busy(False)
                if not turn.settled:
                    turn.fail("The answer broke off; the service's log says why.")

    async def _event(self, turn: TurnPanel, event: Status | Stated | Answered) -> None:
        if isinstance(event, Status):
            turn.status(_STAGES[event.stage].format(event.found))
        elif isinstance(event, Stated):
            cited = await to_thread(self._service.passages, event.sentence.citations)
            turn.say(event.sentence, {passage.key: passage.citation for passage in cited})
        else:
            await self._finish(turn, event.answer)
            self._keep()

    async def _finish(self, turn: TurnPanel, answer: Answer) -> None:
        cited = [key for sentence in answer.sentences for key in sentence.citations]
        turn.finish(answer, await to_thread(self._service.passages, cited or answer.closest))

    def _composer(self) -> None:
        with node("form", classes="composer") as form:
            self._box = node("textarea", classes="box", id="question", rows="1", maxlength="4000",
                             aria_label="Question", placeholder="What would you like to know?", autofocus=True,
                             autocomplete="off", dir="auto")  # fmt: skip
            self._ask_button = node("button", "Ask", "primary", type="submit")
            self._stop_button = button("Stop", self._stop, "primary")
            self._stop_button.set_visibility(False)
        self._box.on("keydown", self._submitted, js_handler="(e) => cables.send(e, emit)")
        form.on("submit", self._submitted, js_handler="(e) => { e.preventDefault(); cables.submit(emit); }")

    def _suggestions(self, questions: Sequence[str]) -> None:
        if not questions:
            return
        with node("section", classes="suggested", aria_labelledby="suggested"):
            node("h2", "From this archive", id="suggested")
            with node("ul"):
                for question in questions:
                    with node("li"):
                        _suggestion(self, question)

    def _submitted(self, event: GenericEventArguments) -> None:
        self.ask(str(event.args))

    def _busy(self, busy: bool) -> None:
        set_attributes(self._box, data_busy="true" if busy else None)
        self._ask_button.set_visibility(not busy)
        self._stop_button.set_visibility(busy)

    def _stop(self) -> None:
        if self._work is not None:
            self._work.cancel()

    async def _open(self, turn: TurnPanel, key: str) -> None:
        assert turn.answer is not None  # noqa: S101 - only an answer has citations
        await self._reader.open(key, turn.keys, marks(turn.answer))

    async def _judge(self, turn: TurnPanel, verdict: str, reason: str | None) -> None:
        assert turn.answer is not None  # noqa: S101 - only an answer has the buttons
        await to_thread(self._service.add_verdict, turn.answer, verdict, reason)

    async def _copy(self, turn: TurnPanel, form: str) -> None:
        assert turn.answer is not None  # noqa: S101 - only an answer has the button
        text = answer_text(turn.answer) if form == "text" else answer_markdown(turn.answer, self._origin)
        copied = await ui.run_javascript(f"cables.copy({json.dumps(text)})", timeout=5)
        self._shell.announce("Copied." if copied else "The browser did not allow copying.")

    def _widen(self, turn: TurnPanel, fields: frozenset[str]) -> None:
        self._filter_panel.set(turn.filters.without(fields))  # also where the reader chose the condition
        self.ask(turn.question, turn.dismissed | fields)

    def _again(self, turn: TurnPanel) -> None:
        self.ask(turn.question)

    def _answers(self) -> list[Answer]:
        return [turn.answer for turn in self._turns if turn.answer is not None]

    def _asked(self) -> list[tuple[str, Answer]]:
        return [(turn.question, turn.answer) for turn in self._turns if turn.answer is not None]

    def _keep(self) -> None:
        ui.run_javascript(f"cables.keep({json.dumps(STORED_AS)}, {json.dumps(stored(self._answers()))})")

    def _clear(self) -> None:
        self._stop()
        self._reader.close()
        self._turns.clear()
        self._list.clear()
        set_attributes(self._talk, data_begun=None)
        ui.run_javascript(f"cables.keep({json.dumps(STORED_AS)}, null); cables.begun(false)")

    def _export(self) -> None:
        text = conversation_markdown(self._answers(), self._origin)
        ui.download.content(text, f"cables-{date.today().isoformat()}.md", "text/markdown")


def marks(answer: Answer) -> dict[str, list[tuple[int, int]]]:
    """The quoted spans of an answer by paragraph."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for quote in answer.quotes:
        spans.setdefault(quote.key, []).append((quote.start, quote.end))
    return spans


def _greeting(summary: str) -> None:
    with node("div", classes="welcome"):
        node("h1", "Ask the archive")
        node("p", summary or "This archive is empty. Put cables into it with: cables ingest PATH")


def _suggestion(page: AskPage, question: str) -> Element:
    return button(question, lambda: page.ask(question), "", dir="auto")
