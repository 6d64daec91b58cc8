"""Words of a quotation and of its source, compared as a careful reader would.

Whitespace, capitals, the style of quotation marks and dashes, dots in abbreviations ("U.S.") and punctuation at the
ends of a quotation make no difference. An ellipsis and words in square brackets are gaps: what stands around them must
follow in the source, in that order. A letter in brackets belongs to its word: "[T]he".
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from rapidfuzz.distance import Levenshtein

from rag.domain.span import Span

_WORD_OR_MARK = r"(?<!\w)[^\W\d_](?:\.[^\W\d_])+\.?(?!\w)|[^\W_]+(?:['’][^\W_]+)*|[-‐‑–—−]+|[^\w\s]|_"
_IN_SOURCE = re.compile(_WORD_OR_MARK)
_IN_QUOTATION = re.compile(
    rf"\[\w{{1,3}}\][^\W_]+(?:['’][^\W_]+)*|(?P<gap>…|(?:\.\s?){{2,3}}\.|\[[^\[\]]{{0,200}}\])|{_WORD_OR_MARK}"
)
_MARKS = frozenset("\"“”„‟«»‹›‘’‚'`´″′")
_WITHIN_WORDS = {ord("’"): "'", ord("["): None, ord("]"): None, ord("."): None}
_DASHES = frozenset("-‐‑–—−")
_MOST_DIFFERENT = 0.4
"""Share of a quotation's words that may differ from the source; beyond it, it is another text."""


@dataclass(frozen=True, slots=True)
class QuotedToken:
    """A word or a mark, as it is compared, and where it stands; a gap has no word."""

    word: str
    span: Span


@dataclass(frozen=True, slots=True)
class QuotedDifference:
    """Words of a draft that the source has otherwise. `start` and `end` are offsets in the draft."""

    draft: str
    source: str
    start: int
    end: int


class SourceWords:
    """The words of a source, ready to be compared."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = [_token(match) for match in _IN_SOURCE.finditer(text) if match[0] not in _MARKS]
        self.words = [token.word for token in self.tokens]
        self._joined = _joined(self.words)
        self._codes = {word: code for code, word in enumerate(dict.fromkeys(self.words))}
        self._coded = np.array([self._codes[word] for word in self.words], dtype=np.int64)

    def holds(self, pieces: Sequence[Sequence[str]]) -> bool:
        """Whether the pieces of a quotation stand in the source word for word, one behind the other."""
        start = 0
        for piece in pieces:
            found = self._joined.find(_joined(piece), start)
            if found < 0:
                return False
            start = found + len(_joined(piece)) - 1
        return bool(pieces)

    def nearest(self, piece: Sequence[str]) -> tuple[int, int]:
        """Where the source comes nearest to these words: [start, end) of its tokens."""
        coded = np.array([self._codes.get(word, -1) for word in piece], dtype=np.int64)
        end = _best_end(coded, self._coded)
        return end - _best_end(coded[::-1], self._coded[:end][::-1]), end


def quoted_tokens(text: str, parts: Iterable[Span]) -> list[QuotedToken]:
    """The tokens of a quotation that has these parts, without quotation marks."""
    return [
        _token(match)
        for part in parts
        for match in _IN_QUOTATION.finditer(text, part.start, part.end)
        if match[0] not in _MARKS
    ]


def words_of(pieces: Iterable[Iterable[QuotedToken]]) -> list[list[str]]:
    """The words of each piece."""
    return [[token.word for token in piece] for piece in pieces]


def pieces_of(tokens: Sequence[QuotedToken]) -> list[list[QuotedToken]]:
    """The parts of a quotation between its gaps, each without the punctuation at its ends."""
    pieces: list[list[QuotedToken]] = [[]]
    for token in tokens:
        if token.word:
            pieces[-1].append(token)
        else:
            pieces.append([])
    return [trimmed for piece in pieces if (trimmed := _trimmed(piece))]


def differences(
    draft: str, pieces: Sequence[Sequence[QuotedToken]], source: SourceWords
) -> list[QuotedDifference] | None:
    """Where the quotation in the draft differs from the source; None if they have too little in common."""
    known = set(source.words)
    total = sum(map(len, pieces))
    if not total or sum(token.word not in known for piece in pieces for token in piece) > _MOST_DIFFERENT * total:
        return None
    found: list[QuotedDifference] = []
    wrong = 0
    for piece in pieces:
        words = [token.word for token in piece]
        start, end = source.nearest(words)
        steps = Levenshtein.opcodes(words, source.words[start:end])
        wrong += Levenshtein.distance(words, source.words[start:end])
        found += [
            _difference(
                draft, piece, step.src_start, step.src_end, source, start + step.dest_start, start + step.dest_end
            )
            for step in steps
            if step.tag != "equal"
        ]
    return found if wrong <= _MOST_DIFFERENT * total else None


def _difference(
    draft: str, piece: Sequence[QuotedToken], first: int, last: int, source: SourceWords, start: int, end: int
) -> QuotedDifference:
    printed = source.text[source.tokens[start].span.start : source.tokens[end - 1].span.end] if end > start else ""
    if last > first:
        span = Span(piece[first].span.start, piece[last - 1].span.end)
    else:  # left out in the draft: before the next word
        at = piece[first].span.start if first < len(piece) else piece[-1].span.end
        span = Span(at, at)
    return QuotedDifference(span.of(draft), printed, span.start, span.end)


def _best_end(
    words: "np.ndarray[tuple[int], np.dtype[np.int64]]", source: "np.ndarray[tuple[int], np.dtype[np.int64]]"
) -> int:
    """Where the stretch of the source ends that is the fewest edits away from the words (Sellers 1980), by rows."""
    places = np.arange(len(source) + 1)
    row = np.zeros(len(source) + 1, dtype=np.int64)
    for word in words:
        following = np.empty_like(row)
        following[0] = row[0] + 1
        following[1:] = np.minimum(row[:-1] + (source != word), row[1:] + 1)
        row = np.minimum.accumulate(following - places) + places
    return int(row.argmin())


@lru_cache(maxsize=65536)
def _plain(token: str) -> str:
    if token[0] in _DASHES:
        return "-"
    bare = token if len(token) == 1 else token.translate(_WITHIN_WORDS)
    return unicodedata.normalize("NFKC", bare).casefold()


def _token(match: re.Match[str]) -> QuotedToken:
    word = "" if match.lastgroup == "gap" else _plain(match[0])
    return QuotedToken(word, Span(match.start(), match.end()))


def _trimmed(piece: list[QuotedToken]) -> list[QuotedToken]:
    words = [at for at, token in enumerate(piece) if token.word[0].isalnum()]
    return piece[words[0] : words[-1] + 1] if words else []


def _joined(words: Sequence[str]) -> str:
    return "\0" + "\0".join(words) + "\0"
