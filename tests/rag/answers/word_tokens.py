"""Tokens without a model: a token is a word, and two tokens are similar only where the words are the same."""

import re
from collections.abc import Sequence

import numpy as np

from rag.answers.question_match import QuestionMatch
from rag.encoders.tokens import TokenReader, TokenText
from tests.rag.samples import make_retrieved

_DIMENSIONS = 512


class WordTokens(TokenReader):
    """A token reader in which each new word has a direction of its own."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def read_all(self, texts: Sequence[tuple[str, Sequence[str]]]) -> list[TokenText]:
        """The tokens of each text; windows are not looked at."""
        return [self._tokens(text) for text, _ in texts]

    def _tokens(self, text: str) -> TokenText:
        found = list(re.finditer(r"\w+", text))
        words = tuple(match[0].lower() for match in found)
        vectors = np.zeros((len(words), _DIMENSIONS), dtype=np.float32)
        for row, word in enumerate(words):
            vectors[row, self._known.setdefault(word, len(self._known))] = 1
        middles = np.asarray([(match.start() + match.end()) / 2 for match in found], dtype=np.float32)
        return TokenText(words, vectors, middles)


def match_of(question: str, text: str, key: str = "08QUILL1#1") -> QuestionMatch:
    """A question and one paragraph; all tokens of the question weigh the same."""
    tokens = WordTokens()
    asked, paragraph = tokens.read_all([(question, ()), (text, ())])
    weights = np.ones(len(asked.words), dtype=np.float32)
    return QuestionMatch(question, asked, weights, make_retrieved(key, text), paragraph)
