"""Cutting paragraphs into windows that fit the encoder, so that no tail is lost."""

from pathlib import Path

from tokenizers import Tokenizer

WINDOW_TOKENS = 256
OVERLAP_TOKENS = 40
_CONTEXT_TOKENS = 72
_SPECIAL_TOKENS = 2  # [CLS] and [SEP]


class WindowCutter:
    """Cuts a text into overlapping windows of at most `WINDOW_TOKENS` tokens, its context in front of each."""

    def __init__(self, model_folder: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(model_folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()

    def cut(self, context: str, text: str) -> list[str]:
        """At least one window; each starts and ends between tokens of `text` and carries `context` in front."""
        context = self._head(context, _CONTEXT_TOKENS)
        room = WINDOW_TOKENS - _SPECIAL_TOKENS - self._count(context)
        offsets = self._tokenizer.encode(text, add_special_tokens=False).offsets
        windows: list[str] = []
        start = 0
        while True:
            end = min(start + room, len(offsets))
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
