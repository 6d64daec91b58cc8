"""What the pages ask of the archive."""

import asyncio

import pytest
from fastapi import FastAPI
from starlette.datastructures import State
from starlette.requests import HTTPConnection

from api.http.edge.rate import Allowance, Callers, TooManyRequests
from api.web.room import ReadingRoom
from rag.filters import Filters


def test_questions_on_a_socket_count_as_requests_do() -> None:
    pages = FastAPI()
    pages.state.service = State({"callers": Callers(Allowance.of("1/hour", "memory://"))})
    connection = HTTPConnection({"type": "websocket", "headers": [], "client": ("127.0.0.1", 1), "app": pages})

    async def second_question() -> None:
        await pages.state.service.callers.count(connection)
        await anext(ReadingRoom(connection).ask("Who lit the lamp?", Filters(), frozenset(), ()))

    with pytest.raises(TooManyRequests, match=r"more than 1 per 1 hour; try again in \d+ seconds"):
        asyncio.run(second_question())
