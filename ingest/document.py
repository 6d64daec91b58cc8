"""Inputs as the sources hand them on: documents and rejections."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class Document:
    """One input. `name` tells a reader where it came from (`folder/a.zip!b.txt`).

    Small inputs carry their bytes in `data`; a dump too large for memory has an `opener` instead, and empty `data`.
    """

    name: str
    data: bytes = b""
    opener: Callable[[], BinaryIO] | None = None

    def open(self) -> BinaryIO:
        """The bytes as a stream that the caller closes."""
        return io.BytesIO(self.data) if self.opener is None else self.opener()


@dataclass(frozen=True, slots=True)
class Rejection:
    """An input that was not taken, with the reason in one line."""

    name: str
    reason: str
