"""A service in a few lines: the cables it holds, what it forgets, and the commands beside it."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx

from evals.bench.soak.commands import SoakCommands
from evals.bench.soak.inspection import Inspection
from evals.bench.soak.invented_cable import PARAGRAPHS, InventedCable
from evals.bench.soak.record import SoakRecord
from evals.bench.soak.traffic import Traffic

READER = "reader"


@dataclass
class FakeArchive:
    """What a service with these contents answers."""

    cables: dict[str, InventedCable] = field(default_factory=dict)
    unfound: set[str] = field(default_factory=set)
    kept: set[str] = field(default_factory=set)
    feedback: list[str] = field(default_factory=list)
    keys: set[str] = field(default_factory=lambda: {READER})

    def answer(self, request: httpx.Request) -> httpx.Response:
        if request.headers["authorization"].removeprefix("Bearer ") not in self.keys:
            return httpx.Response(401)
        _, room, *name = request.url.path.split("/")
        if room == "answers":
            return httpx.Response(200 if name[0] in self.kept else 404)
        if room == "scan":
            marks = {cable.mark for each, cable in self.cables.items() if each not in self.unfound}
            return httpx.Response(200, json={"total": PARAGRAPHS * (request.url.params["query"] in marks)})
        if not name:
            listed = [{"id": each} for each in self.cables]
            return httpx.Response(200, json={"total": len(listed), "cables": listed, "next": None})
        if cable := self.cables.get(name[0]):
            return httpx.Response(200, json={"paragraphs": [{"text": cable.text()}]})
        return httpx.Response(410)

    def client(self) -> httpx.Client:
        headers = {"authorization": f"Bearer {READER}"}
        return httpx.Client(base_url="http://archive", headers=headers, transport=httpx.MockTransport(self.answer))

    def inspection(self, record: SoakRecord) -> Inspection:
        lines = "\n".join(json.dumps({"id": f"feedback-{each}"}) for each in self.feedback)
        return Inspection(self.client(), FakeCommands({"feedback": lambda: lines}), record)


class FakeCommands(SoakCommands):
    """Commands by their first words; each prints what its function returns, or fails where that is None."""

    def __init__(self, programs: dict[str, Callable[[], str | None]]) -> None:
        super().__init__({}, Traffic())
        self.programs, self.calls = programs, list[tuple[str, ...]]()

    def run(self, *words: str) -> str | None:
        self.calls.append(words)
        return self.programs[words[0]]()
