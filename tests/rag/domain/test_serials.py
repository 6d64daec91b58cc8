"""The serial numbers of a post's cables."""

from rag.domain.serials import SerialRange, gaps_between


def test_gaps_are_the_serials_between_the_lowest_and_the_highest() -> None:
    assert gaps_between([9, 3, 4, 12, 4]) == (SerialRange(5, 8), SerialRange(10, 11))
    assert gaps_between([3]) == gaps_between([]) == gaps_between([1, 2]) == ()


def test_a_range_tells_its_size() -> None:
    assert SerialRange(1003, 2657).json() == {"first": 1003, "last": 2657, "count": 1655}
    assert (str(SerialRange(1003, 2657)), str(SerialRange(1003, 1003))) == ("1,003 to 2,657", "1,003")
