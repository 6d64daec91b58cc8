"""The tokens of a request: as the language model reported them, else estimated."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from api.observability.watch import ModelTokens
from rag.encoders.tokenizer import load_tokenizer

if TYPE_CHECKING:
    from tokenizers import Tokenizer


@dataclass(frozen=True, slots=True)
class TokenUsage:
    """Tokens read and written.

    `source` is `model` where a language model reported them: what it read, the sources among it, and all that it
    wrote. It is `estimate` where none did: the messages and the text of the answer, cut by the encoder's tokenizer.
    """

    read: int
    written: int
    source: Literal["model", "estimate"]

    def of_completion(self) -> dict[str, Any]:
        """The `usage` of a chat completion."""
        return {"prompt_tokens": self.read, "completion_tokens": self.written, **self._sum()}

    def of_response(self) -> dict[str, Any]:
        """The `usage` of a response."""
        return {
            "input_tokens": self.read,
            "input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
            "output_tokens": self.written,
            "output_tokens_details": {"reasoning_tokens": 0},
            **self._sum(),
        }

    def _sum(self) -> dict[str, Any]:
        return {"total_tokens": self.read + self.written, "source": self.source}


@dataclass(frozen=True, slots=True)
class TokenMeter:
    """Counts the tokens of one request.

    `asked` is the text of its messages, `encoder` the folder of the model whose tokenizer estimates, and `reported`
    gathers what a language model reports meanwhile.
    """

    asked: str
    encoder: Path
    reported: ModelTokens

    def usage(self, text: str) -> TokenUsage:
        """The tokens once the answer has this text. Blocks."""
        if self.reported.read or self.reported.written:
            return TokenUsage(self.reported.read, self.reported.written, "model")
        read, written = (
            len(_tokenizer(self.encoder).encode(each, add_special_tokens=False)) for each in (self.asked, text)
        )
        return TokenUsage(read, written, "estimate")


@cache
def _tokenizer(folder: Path) -> "Tokenizer":
    return load_tokenizer(folder, truncate=False)
