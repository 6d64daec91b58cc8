import numpy as np

from rag.encoders.vector_cache import VectorCache


def test_the_least_recently_used_arrays_are_dropped_beyond_the_limit() -> None:
    array = np.zeros(100, dtype=np.float32)  # 604 bytes with its text and the overhead
    cache = VectorCache(max_bytes=3 * 700)
    cache.put({"a": array, "b": array, "c": array})
    assert set(cache.get(["a"])) == {"a"}
    cache.put({"d": array})
    assert set(cache.get("abcd")) == {"a", "c", "d"}


def test_a_long_text_counts_towards_the_limit() -> None:
    array = np.zeros(100, dtype=np.float32)
    cache = VectorCache(max_bytes=3 * 700)
    cache.put({"a": array, "b": array})
    cache.put({"long text " * 15: array})
    assert set(cache.get("ab")) == {"b"}


def test_an_array_larger_than_the_cache_is_not_kept_and_drops_no_other() -> None:
    cache = VectorCache(max_bytes=700)
    cache.put({"a": np.zeros(100, dtype=np.float32), "b": np.zeros(10_000)})
    assert set(cache.get("ab")) == {"a"}


def test_putting_an_array_again_counts_it_once() -> None:
    array = np.zeros(100, dtype=np.float32)
    cache = VectorCache(max_bytes=2 * 700)
    for _ in range(5):
        cache.put({"a": array, "b": array})
    assert set(cache.get("ab")) == {"a", "b"}
