"""What the models of phrasings see of a question: its tokens, each with what it may be, and features of them."""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from rag.query.named_posts import named_posts
from rag.query.named_times import named_times
from rag.query.year_parts import year_parts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CABLE = "§"
"""Stands in a question where the label of a cable stood."""
TAG = "TAG"
"""The hint of a word that may be one of the TAGS."""
_TOKEN = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*|[^\w\s]")
_TAG = re.compile(r"[A-Z]{4}")
_NOTHING = "<>"


@dataclass(frozen=True, slots=True)
class QuestionToken:
    """A word, number or mark of a question.

    `hint` is the word in lower case where it is known, else what it may be: TIME, POST, TAG, NUMBER or OTHER. `pieces`
    is into how many the encoder cuts it: common words are one.
    """

    text: str
    start: int
    end: int
    hint: str
    pieces: int = 1

    @property
    def known(self) -> bool:
        """Whether it is a word of the phrasings, or of a time, a post or the like."""
        return self.hint != "OTHER"


def question_tokens(
    question: str, posts: Container[str], words: Container[str], pieces: Sequence[int] = ()
) -> list[QuestionToken]:
    """The tokens of a question.

    `posts` are those of the archive, as ids spell them, `words` those of the phrasings, and `pieces` where each of the
    encoder's begins.
    """
    times = [(time.start, time.end) for time in (*year_parts(question), *named_times(question))]
    placed = [(post.start, post.end) for post in named_posts(question, posts)]

    def hint(match: re.Match[str]) -> str:
        start, text = match.start(), match[0]
        if any(first <= start < end for first, end in times):
            return "TIME"
        if any(first <= start < end for first, end in placed):
            return "POST"
        if (lower := text.casefold()) in words:
            return lower
        if _TAG.fullmatch(text):
            return TAG
        return "NUMBER" if text[0].isdigit() else "OTHER"

    def cut(match: re.Match[str]) -> int:
        return sum(match.start() <= piece < match.end() for piece in pieces)

    return [
        QuestionToken(each[0], each.start(), each.end(), hint(each), cut(each)) for each in _TOKEN.finditer(question)
    ]


def kind_features(tokens: Sequence[QuestionToken]) -> list[str]:
    """Features of a whole question: its hints and each two that follow each other, runs of unknown words as one."""
    hints = [token.hint for token in tokens]
    merged = [hint for n, hint in enumerate(hints) if not n or hint != "OTHER" or hints[n - 1] != "OTHER"]
    bounded = [_NOTHING, *merged, _NOTHING]
    return sorted({*merged, *(f"{first} {second}" for first, second in pairwise(bounded))})


def token_features(tokens: Sequence[QuestionToken]) -> list[list[str]]:
    """Features of each token: the hints around it, and the nearest known ones on both sides."""
    hints = [token.hint for token in tokens]

    def at(place: int) -> str:
        return hints[place] if 0 <= place < len(hints) else _NOTHING

    def nearest(place: int, step: int) -> str:
        place += step
        while 0 <= place < len(hints) and hints[place] == "OTHER":
            place += step
        return at(place)

    return [
        [
            *(f"{offset}={at(place + offset)}" for offset in (-2, -1, 0, 1, 2)),
            f"-1,0={at(place - 1)},{at(place)}",
            f"0,1={at(place)},{at(place + 1)}",
            f"capital={tokens[place].text[0].isupper()}",
            f"before={nearest(place, -1)}",
            f"after={nearest(place, 1)}",
            f"between={nearest(place, -1)},{nearest(place, 1)}",
        ]
        for place in range(len(tokens))
    ]


def token_vectors(
    tokens: Sequence[QuestionToken], starts: Sequence[int], matrix: "NDArray[np.float32]"
) -> "NDArray[np.float32]":
    """The mean of the vectors of each token's pieces, shape (len(tokens), dimensions).

    `matrix` has a row for each piece that the encoder cuts the question into, and `starts` says where it begins; the
    first and the last are the encoder's own marks.
    """
    import numpy as np

    pieces = list(enumerate(starts[: len(matrix)]))[1:-1]
    vectors = np.zeros((len(tokens), matrix.shape[1]), dtype=np.float32)
    for row, token in enumerate(tokens):
        if inside := [piece for piece, start in pieces if token.start <= start < token.end]:
            vectors[row] = matrix[inside].mean(axis=0)
    return vectors
