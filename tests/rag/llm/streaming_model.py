"""A chat model that streams by script and never ends where the script says so."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from pydantic import PrivateAttr

SILENCE = None
"""In place of a piece: the model says nothing more, and does not end its reply either."""
Reply = list[str | Exception | None]


class VendorError(Exception):
    """A failure as a vendor's client raises it."""

    def __init__(self, status: int) -> None:
        super().__init__(f"status {status}")
        self.status_code = status


class StreamingModel(BaseChatModel):
    """Gives the scripted replies one after the other, and tells how many calls began and ended."""

    replies: list[Reply]
    begun: int = 0
    ended: int = 0
    pieces: int = 0
    _silent: asyncio.Event = PrivateAttr(default_factory=asyncio.Event)

    @property
    def _llm_type(self) -> str:
        return "streaming"

    def _generate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        raise NotImplementedError

    async def _astream(self, messages: list[BaseMessage], *_: Any, **__: Any) -> AsyncIterator[ChatGenerationChunk]:
        self.begun += 1
        try:
            for piece in self.replies[self.begun - 1]:
                if isinstance(piece, Exception):
                    raise piece
                if piece is SILENCE:
                    self._silent.set()
                    await asyncio.Event().wait()
                self.pieces += 1
                yield ChatGenerationChunk(message=AIMessageChunk(content=piece or ""))
        finally:
            self.ended += 1

    async def until_silent(self) -> None:
        """Wait until the model has nothing more to say."""
        await self._silent.wait()

    async def until_ended(self) -> None:
        """LangChain leaves a stream that is closed early to the event loop, which closes it in its next rounds."""
        async with asyncio.timeout(10):
            while self.ended < self.begun:
                await asyncio.sleep(0)
