import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from rag.encoders.batching import Batcher


def test_what_comes_together_is_done_together() -> None:
    batches: list[list[int]] = []
    alone = threading.Event()

    def work(items: list[int]) -> list[int]:
        batches.append(items)
        alone.set()
        time.sleep(0.1)
        return [item * 10 for item in items]

    batcher = Batcher(work, max_items=4)
    with ThreadPoolExecutor(8) as pool:
        first = pool.submit(batcher, 0)
        alone.wait()
        others = [pool.submit(batcher, number) for number in range(1, 8)]
        assert [each.result() for each in (first, *others)] == [number * 10 for number in range(8)]
    assert batches[0] == [0]
    assert sorted(len(batch) for batch in batches[1:]) == [3, 4]
    assert sorted(item for batch in batches for item in batch) == list(range(8))


def test_an_error_reaches_every_caller_and_the_next_batch_works() -> None:
    def work(items: list[int]) -> list[int]:
        if 0 in items:
            raise ValueError("no zeros")
        return items

    batcher = Batcher(work, max_items=4)
    with pytest.raises(ValueError, match="no zeros"):
        batcher(0)
    assert batcher(1) == 1


def test_a_result_for_every_item() -> None:
    def forgetful(items: list[int]) -> list[int]:
        return items[1:]

    with pytest.raises(ValueError, match="zip"):
        Batcher(forgetful, max_items=4)(1)
