"""The cables service as the bot sees it, on loopback, without an archive behind it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web

from tests.api.slack.workspace import serving

Json = dict[str, Any]
CABLE = "07PORTZEPHYR112"


def answer_to(question: str, sentences: list[str] | None = None) -> Json:
    """An `ask` object; every sentence cites paragraph 2 of the one cable."""
    texts = sentences or ["The lamp burns again."]
    key = f"{CABLE}#2"
    quotes = [
        {"key": key, "citation": "PORT ZEPHYR 112 ¶2", "quote": text, "start": 0, "end": 1, "url": "/x"}
        for text in texts
    ]
    return {
        "question": question, "answer": " ".join(texts), "mode": "extractive", "abstained": False, "reason": None,
        "sentences": [{"text": text, "citations": [key], "supported": True} for text in texts],
        "citations": quotes, "retrieved": [key], "closest": [], "filters": [], "searched": {}, "trace": {}, "timings_ms": {},
    }  # fmt: skip


def cable() -> Json:
    def paragraph(number: int, text: str) -> Json:
        return {
            "key": f"{CABLE}#{number}", "citation": f"PORT ZEPHYR 112 ¶{number}", "number": number, "marking": "C",
            "effective_marking": "C", "heading": None, "text": text, "layout": text,
        }  # fmt: skip

    texts = ["Before.", "The lamp burns again.", "After.", "Far off."]
    return {
        "id": CABLE, "label": "PORT ZEPHYR 112", "date": "2007-03-04T10:00:00Z", "subject": "THE LAMP", "caveats": [],
        "classification": "CONFIDENTIAL", "paragraphs": [paragraph(at, text) for at, text in enumerate(texts, 1)],
    }  # fmt: skip


@dataclass
class FakeService:
    """Answers every question, unless its fields say otherwise. It answers nothing while `released` is cleared."""

    url: str = ""
    sse: bool = False
    pause: float = 0.0
    released: asyncio.Event = field(default_factory=asyncio.Event)
    sentences: list[str] | None = None
    answer: Json | None = None
    problems: list[tuple[int, str]] = field(default_factory=list)
    cut: int = 0
    narrows: bool = True
    questions: list[tuple[Json, Json]] = field(default_factory=list)
    feedback: list[tuple[Json, Json]] = field(default_factory=list)
    watches: list[Json] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0

    @classmethod
    @asynccontextmanager
    async def open(cls) -> AsyncIterator[Self]:
        service = cls()
        service.released.set()
        app = web.Application()
        app.router.add_post("/chat", service._chat)
        app.router.add_post("/feedback", service._feedback)
        app.router.add_get("/cables/{id}", service._cable)
        app.router.add_get("/watches", service._watches)
        app.router.add_post("/watches", service._add_watch)
        app.router.add_get("/watches/{id}", service._new_hits)
        async with serving(app) as url:
            service.url = url
            yield service

    async def _chat(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        self.questions.append((body, dict(request.headers)))
        self.at_once += 1
        self.most_at_once = max(self.at_once, self.most_at_once)
        try:
            await self.released.wait()
            await asyncio.sleep(self.pause)
            if self.problems:
                return _problem(*self.problems.pop(0))
            answer = self.answer or answer_to(body["messages"][-1]["content"], self.sentences)
            return (
                await self._streamed(request, answer) if self.sse else web.json_response(answer, headers=self._narrowed)
            )
        finally:
            self.at_once -= 1

    async def _streamed(self, request: web.Request, answer: Json) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", **self._narrowed})
        await response.prepare(request)
        events = [
            ("status", {"stage": "reading", "found": 20}),
            *(("sentence", sentence) for sentence in answer["sentences"]),
        ]
        for name, data in events:
            await response.write(f"event: {name}\ndata: {json.dumps(data)}\n\n".encode())
            await asyncio.sleep(self.pause)
        if self.cut:
            self.cut -= 1
            return response
        await response.write(f": almost\n\nevent: answer\ndata: {json.dumps(answer)}\n\n".encode())
        return response

    async def _feedback(self, request: web.Request) -> web.Response:
        self.feedback.append((await request.json(), dict(request.headers)))
        return web.json_response({"id": 1}, status=201, headers=self._narrowed)

    async def _cable(self, request: web.Request) -> web.Response:
        if request.match_info["id"] != CABLE:
            return _problem(404, "the archive holds no such cable")
        return web.json_response(cable(), headers=self._narrowed)

    async def _watches(self, request: web.Request) -> web.Response:
        return web.json_response({"watches": self.watches}, headers=self._narrowed)

    async def _add_watch(self, request: web.Request) -> web.Response:
        query = (await request.json())["query"]
        if query == "a*":
            return _problem(400, "a * stands for the rest of a word")
        self.watches.append({"id": str(len(self.watches)), "name": query, "new": 0, "problem": None})
        return web.json_response(self.watches[-1], status=201, headers=self._narrowed)

    async def _new_hits(self, request: web.Request) -> web.Response:
        hit = {"citation": "PORT ZEPHYR 112 ¶2", "snippet": "The lamp burns again."}
        return web.json_response({"hits": [hit] * int(request.query["limit"])}, headers=self._narrowed)

    @property
    def _narrowed(self) -> dict[str, str]:
        return {"X-Cables-Narrowed": "yes"} if self.narrows else {}


def _problem(status: int, detail: str) -> web.Response:
    body = {"type": "about:blank", "title": "x", "status": status, "detail": detail}
    return web.json_response(body, status=status, content_type="application/problem+json")
