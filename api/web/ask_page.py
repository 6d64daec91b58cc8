"""`/`: the question, the answers, and the reader beside them."""

import json
from asyncio import to_thread

from fastapi import Request
from nicegui import background_tasks, ui
from nicegui.events import GenericEventArguments

from api.web.export import answer_markdown, answer_text
from api.web.markup import node, set_attributes
from api.web.reader import Reader
from api.web.room import ReadingRoom, room_of
from api.web.shell import Shell, content
from api.web.turn import Deeds, Turn
from rag.answer import Answer, Condition
from rag.errors import CablesError
from rag.filters import Filters


async def ask_page(request: Request) -> None:
    """The page to ask on."""
    AskPage(room_of(request))


class AskPage:
    """The state of one open page."""

    def __init__(self, room: ReadingRoom) -> None:
        self._room = room
        self._turns: list[Turn] = []
        self._shell = Shell("/")
        self._deeds = Deeds(self._open, self._judge, self._copy, self._widen, lambda turn: self.ask(turn.question))
        with content("page-ask"):
            with node("div", classes="talk", data_behind="true") as self._talk:
                with node("div", classes="turns") as self._list:
                    pass
                self._composer()
            self._reader = Reader(room)

    def ask(self, question: str) -> None:
        """Ask, in the background; the answer appears below."""
        with self._list:
            turn = Turn(question, self._deeds)
        self._turns.append(turn)
        set_attributes(self._talk, data_begun="true")
        ui.run_javascript("cables.latest()")
        background_tasks.create(self._answer(turn))

    async def _answer(self, turn: Turn) -> None:
        set_attributes(self._box, data_busy="true")
        try:
            async for answer in self._room.ask(turn.question, Filters()):
                keys = [each.key for each in answer.quotes] or list(answer.closest)
                with turn.root:
                    turn.finish(answer, await to_thread(self._room.passages, list(dict.fromkeys(keys))))
        except CablesError as error:
            turn.fail(str(error))
        finally:
            set_attributes(self._box, data_busy=None)

    def _composer(self) -> None:
        with node("form", classes="composer", action="/", method="get") as form:
            self._box = node("textarea", classes="box", id="question", rows="1", maxlength="4000", name="question",
                             aria_label="Question", placeholder="Ask the archive", autofocus=True,
                             autocomplete="off", dir="auto")  # fmt: skip
            node("button", "Ask", "primary", type="submit")
        self._box.on("keydown", self._sent, js_handler="(e) => cables.send(e, emit)")
        form.on("submit", self._sent, js_handler="(e) => { e.preventDefault(); cables.submit(emit); }")

    def _sent(self, event: GenericEventArguments) -> None:
        self.ask(str(event.args))

    async def _open(self, turn: Turn, key: str) -> None:
        assert turn.answer is not None  # noqa: S101 - its citations are there
        await self._reader.open(key, turn.keys, marks(turn.answer))

    def _judge(self, turn: Turn, verdict: str, reason: str | None) -> None:
        pass

    async def _copy(self, turn: Turn, form: str) -> None:
        assert turn.answer is not None  # noqa: S101 - the button comes with it
        words = answer_text(turn.answer) if form == "text" else answer_markdown(turn.answer, "")
        done = await ui.run_javascript(f"cables.copy({json.dumps(words)})", timeout=5)
        self._shell.announce("Copied." if done else "The browser did not allow copying.")

    def _widen(self, turn: Turn, condition: Condition) -> None:
        pass


def marks(answer: Answer) -> dict[str, list[tuple[int, int]]]:
    """The quoted spans of an answer by paragraph."""
    found: dict[str, list[tuple[int, int]]] = {}
    for quote in answer.quotes:
        found.setdefault(quote.key, []).append((quote.start, quote.end))
    return found
