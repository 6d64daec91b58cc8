import numpy as np

from rag.embedding import SentenceEmbeddings
from rag.recall import Recall


def test_what_was_longest_not_asked_for_goes_first() -> None:
    array = np.zeros(100, dtype=np.float32)
    recall = Recall(most_bytes=3 * 700)
    recall.keep({"a": array, "b": array, "c": array})
    assert set(recall.find(["a"])) == {"a"}
    recall.keep({"d": array})
    assert set(recall.find("abcd")) == {"a", "c", "d"}
    recall.keep({"d": array, "e": np.zeros(10_000)})
    assert recall.find("abcde") == {}


def test_vectors_are_the_same_the_second_time_and_of_the_right_text() -> None:
    texts = ["The lantern was lit at dusk.", "A bell.", "The lantern was lit at dusk.", "The harbor froze over."]
    embeddings = SentenceEmbeddings()
    fresh, again = embeddings.encode(texts), embeddings.encode(texts[::-1])[::-1]
    assert np.array_equal(fresh, again)
    assert np.allclose(fresh, embeddings.embed_documents(texts), atol=0.02)
    tokens, tokens_again = embeddings.encode_tokens(texts), embeddings.encode_tokens(texts[::-1])[::-1]
    for one, other, text in zip(tokens, tokens_again, texts, strict=True):
        assert np.array_equal(one, other)
        assert one.shape == (len(embeddings.token_starts(text)), 384)
        assert np.allclose(np.linalg.norm(one, axis=1), 1.0, atol=0.002)
