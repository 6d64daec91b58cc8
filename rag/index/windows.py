"""Cuts paragraphs into windows that fit the encoder, so that no text is truncated."""

from functools import cache
from pathlib import Path

from rag.encoders.tokenizer import load_tokenizer, max_tokens, prompts

MOST_TOKENS = 384
"""Of a window, where the model reads more: longer ones blur what a paragraph is about."""
OVERLAP_TOKENS = 40
_CONTEXT_TOKENS = 72
_SPECIAL_TOKENS = 2  # [CLS] and [SEP]


@cache  # an archive cuts for its indexes and, for each reader, for its answers
def window_cutter(model_folder: Path) -> "WindowCutter":
    """The cutter for the model in this folder."""
    return WindowCutter(model_folder)


class WindowCutter:
    """Cuts a text into overlapping windows as long as the model reads well, each preceded by the text's context."""

    def __init__(self, model_folder: Path) -> None:
        self._tokenizer = load_tokenizer(model_folder, truncate=False)
        self.tokens = min(max_tokens(model_folder) or MOST_TOKENS, MOST_TOKENS)
        """Of a window, with the model's special tokens and its prompt."""
        self._free = self.tokens - _SPECIAL_TOKENS - self._count(prompts(model_folder).text)

    def cut(self, context: str, text: str) -> list[str]:
        """One or more windows. Each is `context`, a line break and a piece of `text` cut between tokens."""
        context = self._head(context, _CONTEXT_TOKENS)
        budget = self._free - self._count(context)
        offsets = self._tokenizer.encode(text, add_special_tokens=False).offsets
        windows: list[str] = []
        start = 0
        while True:
            end = min(start + budget, len(offsets))
            piece = text[offsets[start][0] : offsets[end - 1][1]] if offsets else text
            windows.append(f"{context}\n{piece}" if context else piece)
            if end == len(offsets):
                return windows
            start = end - OVERLAP_TOKENS

    def _head(self, text: str, tokens: int) -> str:
        offsets = self._tokenizer.encode(text, add_special_tokens=False).offsets
        return text if len(offsets) <= tokens else text[: offsets[tokens - 1][1]]

    def _count(self, text: str) -> int:
        return len(self._tokenizer.encode(text, add_special_tokens=False))
