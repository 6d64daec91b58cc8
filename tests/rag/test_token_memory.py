"""Texts whose token vectors are remembered."""

import numpy as np
from numpy.typing import NDArray

from rag.token_memory import MOST_TEXTS, TokenMemory


class Counting:
    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, texts: list[str]) -> list[NDArray[np.float32]]:
        self.asked += texts
        return [np.full((1, 2), len(text), dtype=np.float32) for text in texts]


def test_a_text_is_encoded_once() -> None:
    encode = Counting()
    memory = TokenMemory(encode)
    first = memory(["a", "bb", "a"])
    again = memory(["bb", "ccc"])
    assert encode.asked == ["a", "bb", "ccc"]
    assert [matrix[0, 0] for matrix in (*first, *again)] == [1, 2, 1, 2, 3]


def test_what_was_used_long_ago_is_forgotten() -> None:
    encode = Counting()
    memory = TokenMemory(encode)
    memory(["first"])
    memory([f"text {number}" for number in range(MOST_TEXTS)])
    memory(["first"])
    assert encode.asked.count("first") == 2
