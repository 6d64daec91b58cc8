"""Tokens and their positions, with an encoder that numbers the tokens."""

import numpy as np
from numpy.typing import NDArray

from rag.encoders.embedding import SentenceEmbeddings
from rag.encoders.tokenizer import load_tokenizer
from rag.encoders.tokens import TokenReader


class NumberedTokens(SentenceEmbeddings):
    """The vector of a token, [CLS] and [SEP] included, is its number within its window."""

    def encode_tokens(self, texts: list[str]) -> list[NDArray[np.float32]]:
        encodings = load_tokenizer(self.folder).encode_batch(texts)
        return [np.arange(len(encoding.ids), dtype=np.float32)[:, np.newaxis] for encoding in encodings]


READER = TokenReader(NumberedTokens())


def test_a_text_is_read_without_special_tokens() -> None:
    tokens = READER.read("the lantern")
    assert tokens.words == ("the", "lantern")
    assert tokens.vectors.tolist() == [[1], [2]]
    assert tokens.middles.tolist() == [1.5, 7.5]


def test_tokens_of_windows_have_their_positions_in_the_text_and_none_are_of_the_context() -> None:
    text = "the lantern was lit"
    tokens = READER.read(text, ["QUILL. 1 May\nthe lantern", "QUILL. 1 May\nwas lit"])
    assert tokens.words == ("the", "lantern", "was", "lit")
    assert tokens.middles.tolist() == [1.5, 7.5, 13.5, 17.5]
    assert tokens.vectors[0] == tokens.vectors[2]  # the first after the same context


def test_an_empty_text_has_no_tokens() -> None:
    tokens = READER.read("")
    assert tokens.words == () and tokens.vectors.shape == (0, 1)


def test_several_texts_are_read_in_order() -> None:
    first, second = READER.read_all([("one lantern", ()), ("two bells", ["QUILL\ntwo bells"])])
    assert first.words == ("one", "lantern")
    assert second.words == ("two", "bells") and second.middles.tolist() == [1.5, 6.5]
