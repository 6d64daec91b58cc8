import threading
from collections.abc import Iterator

import pytest

from ingest.prefetch import prefetched


def test_items_come_in_their_order() -> None:
    assert list(prefetched(range(1000), limit=3)) == list(range(1000))
    assert list(prefetched([], limit=3)) == []


def test_items_are_made_before_they_are_asked_for_but_not_too_many() -> None:
    made: list[int] = []
    full = threading.Event()

    def items() -> Iterator[int]:
        for number in range(100):
            made.append(number)
            if number == 5:
                full.set()
            yield number

    taken = prefetched(items(), limit=5)
    assert next(taken) == 0
    assert full.wait(5)
    assert len(made) <= 8
    taken.close()
    assert len(made) <= 8


def test_an_error_comes_in_its_place() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise OSError("the disk is gone")

    taken = prefetched(items(), limit=5)
    assert next(taken) == 1
    with pytest.raises(OSError, match="the disk is gone"):
        next(taken)
    assert not [each for each in threading.enumerate() if each.name == "prefetch"]
