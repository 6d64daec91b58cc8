"""`/`: the question, the answers, and the reader beside them."""

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

from api.gate import COOKIE
from api.web.export import answer_markdown, answer_text, conversation_markdown
from api.web.history import STORED_AS, restored, stored
from api.web.markup import button, icon_button, node, set_attributes
from api.web.narrowing import Facets, Narrowing
from api.web.reader import Reader
from api.web.room import ReadingRoom
from api.web.session import draw_key_entry
from api.web.shell import Shell, content
from api.web.turn import Deeds, Turn
from rag.answer import Answer
from rag.errors import CablesError, Unauthorized
from rag.events import Answered, Stated, Status

_STAGES = {"searching": "Searching the archive …", "reading": "Reading {} paragraphs …", "writing": "Writing …"}


async def ask_page(request: Request) -> None:
    """The page to ask on, with the conversation this browser kept."""
    room = ReadingRoom(request)
    shell = Shell("/", COOKIE in request.cookies)
    try:
        welcome = await to_thread(_welcome, room)
    except Unauthorized as error:
        with content("page-gate"):
            draw_key_entry(str(error) if COOKIE in request.cookies else "")
        return
    page = AskPage(room, shell, str(request.base_url).rstrip("/"), welcome)
    await ui.context.client.connected()
    await page.restore(await ui.run_javascript(f"cables.kept({json.dumps(STORED_AS)})", timeout=10))


@dataclass(frozen=True, slots=True)
class Welcome:
    """What stands on an empty page."""

    words: str
    questions: list[str]
    facets: Facets


def _welcome(room: ReadingRoom) -> Welcome:
    held = room.holdings()
    posts = f"{', '.join(held.posts[:6])}{' and others' if len(held.posts) > 6 else ''}"
    words = f"{held.cables:,} cables, {held.paragraphs:,} paragraphs, from {posts}." if held.cables else ""
    return Welcome(words, room.suggested(), room.facets())


class AskPage:
    """The state of one open page."""

    def __init__(self, room: ReadingRoom, shell: Shell, origin: str, welcome: Welcome) -> None:
        """`origin` is the service's address as the browser has it, for links that leave the page."""
        self._room = room
        self._origin = origin
        self._turns: list[Turn] = []
        self._work: Task[None] | None = None
        self._shell = shell
        with self._shell.tools:
            for name, label, deed in (
                ("new", "New chat", self._clear),
                ("export", "Export as Markdown", self._export),
            ):
                icon_button(name, label, deed).classes("begun")
        with content("page-ask"):
            with node("div", classes="talk", data_behind="true") as self._talk:
                _greeting(welcome.words)
                self._list = node("div", classes="turns")
                with node("div", classes="dock"):
                    self._composer()
                    self._narrowing = Narrowing(welcome.facets, lambda filters: None)
                self._suggestions(welcome.questions)
            self._reader = Reader(room)
        ui.context.client.on_delete(self._stop)

    def ask(self, question: str, dismissed: frozenset[str] = frozenset()) -> None:
        """Ask, in the background; the answer appears below the others."""
        if self._work is not None:
            return
        turn = self._turn(question)
        turn.dismissed, turn.filters = dismissed, self._narrowing.filters
        ui.run_javascript("cables.latest()")
        self._busy(True)
        self._work = background_tasks.create(self._answer(turn))

    async def restore(self, text: object) -> None:
        """Show the conversation that the browser kept, as far as it still stands."""
        for answer in await to_thread(restored, text, self._room.passages):
            await self._finish(self._turn(answer.question), answer)
        if self._turns:
            ui.run_javascript("cables.latest()")

    def _turn(self, question: str) -> Turn:
        with self._list:
            turn = Turn(question, Deeds(self._open, self._judge, self._copy, self._widen, self._again))
        self._turns.append(turn)
        set_attributes(self._talk, data_begun="true")
        ui.run_javascript("cables.begun(true)")
        return turn

    async def _answer(self, turn: Turn) -> None:
        with self._list:  # a task of its own stands in no slot
            try:
                stream = self._room.ask(turn.question, turn.filters, turn.dismissed, self._answers())
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

    async def _event(self, turn: Turn, event: Status | Stated | Answered) -> None:
        if isinstance(event, Status):
            turn.status(_STAGES[event.stage].format(event.found))
        elif isinstance(event, Stated):
            cited = await to_thread(self._room.passages, event.sentence.citations)
            turn.say(event.sentence, {each.key: each.citation for each in cited})
        else:
            await self._finish(turn, event.answer)
            self._keep()

    async def _finish(self, turn: Turn, answer: Answer) -> None:
        cited = [key for each in answer.sentences for key in each.citations]
        turn.finish(answer, await to_thread(self._room.passages, cited or answer.closest))

    def _composer(self) -> None:
        with node("form", classes="composer") as form:
            self._box = node("textarea", classes="box", id="question", rows="1", maxlength="4000",
                             aria_label="Question", placeholder="What would you like to know?", autofocus=True,
                             autocomplete="off", dir="auto")  # fmt: skip
            self._send = node("button", "Ask", "primary", type="submit")
            self._halt = button("Stop", self._stop, "primary")
            self._halt.set_visibility(False)
        self._box.on("keydown", self._sent, js_handler="(e) => cables.send(e, emit)")
        form.on("submit", self._sent, js_handler="(e) => { e.preventDefault(); cables.submit(emit); }")

    def _suggestions(self, questions: Sequence[str]) -> None:
        if not questions:
            return
        with node("section", classes="suggested", aria_labelledby="suggested"):
            node("h2", "From this archive", id="suggested")
            with node("ul"):
                for question in questions:
                    with node("li"):
                        _suggestion(self, question)

    def _sent(self, event: GenericEventArguments) -> None:
        self.ask(str(event.args))

    def _busy(self, busy: bool) -> None:
        set_attributes(self._box, data_busy="true" if busy else None)
        self._send.set_visibility(not busy)
        self._halt.set_visibility(busy)

    def _stop(self) -> None:
        if self._work is not None:
            self._work.cancel()

    async def _open(self, turn: Turn, key: str) -> None:
        assert turn.answer is not None  # noqa: S101 - its citations are there
        await self._reader.open(key, turn.keys, marks(turn.answer))

    async def _judge(self, turn: Turn, verdict: str, reason: str | None) -> None:
        assert turn.answer is not None  # noqa: S101 - the buttons come with it
        await to_thread(self._room.judge, turn.answer, verdict, reason)

    async def _copy(self, turn: Turn, form: str) -> None:
        assert turn.answer is not None  # noqa: S101 - the button comes with it
        words = answer_text(turn.answer) if form == "text" else answer_markdown(turn.answer, self._origin)
        done = await ui.run_javascript(f"cables.copy({json.dumps(words)})", timeout=5)
        self._shell.announce("Copied." if done else "The browser did not allow copying.")

    def _widen(self, turn: Turn, fields: frozenset[str]) -> None:
        self._narrowing.set(turn.filters.without(fields))  # a condition of the reader's own goes too
        self.ask(turn.question, turn.dismissed | fields)

    def _again(self, turn: Turn) -> None:
        self.ask(turn.question)

    def _answers(self) -> list[Answer]:
        return [turn.answer for turn in self._turns if turn.answer is not None]

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
    found: dict[str, list[tuple[int, int]]] = {}
    for quote in answer.quotes:
        found.setdefault(quote.key, []).append((quote.start, quote.end))
    return found


def _greeting(words: str) -> None:
    with node("div", classes="welcome"):
        node("h1", "Ask the archive")
        node("p", words or "This archive is empty. Put cables into it with: cables ingest PATH")


def _suggestion(page: AskPage, question: str) -> Element:
    return button(question, lambda: page.ask(question), "", dir="auto")
