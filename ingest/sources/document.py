"""What the sources give: documents and rejections."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class Document:
    """One input. `name` says where it came from (`folder/a.zip!b.txt`).

    Small inputs have their bytes in `data`. A dump too large for memory has an `opener` and empty `data`.
    """

    name: str
    data: bytes = b""
    opener: Callable[[], BinaryIO] | None = None

    def open(self) -> BinaryIO:
        """The bytes as a seekable stream that the caller closes."""
        return io.BytesIO(self.data) if self.opener is None else self.opener()


@dataclass(frozen=True, slots=True)
class Rejection:
    """An input that is no cable or cannot be read, with the reason in one line."""

    name: str
    reason: str


def one_line(error: BaseException) -> str:
    """What an error says, fit for a rejection's reason."""
    return " ".join(str(error).split())[:160] or type(error).__name__
