"""How much an input may unpack to, whatever containers stand in each other."""

from ingest.sources.spool import TooLarge

MAX_TOTAL = 16 * 1024**3  # bytes unpacked
MAX_RATIO = 200  # telegrams compress to a fifth, a bomb to a thousandth
RATIO_FROM = 32 * 1024 * 1024  # bytes unpacked; below, a high ratio does no harm


class UnpackingBudget:
    """Counts the bytes that one input of `size` bytes unpacks to."""

    def __init__(self, size: int, max_total: int = MAX_TOTAL) -> None:
        self.limit = min(max_total, max(RATIO_FROM, MAX_RATIO * size))
        self._spent = 0

    def spend(self, count: int) -> None:
        """Count bytes.

        Raises:
            TooLarge: the input unpacks to more than it may.
        """
        self._spent += count
        if self._spent > self.limit:
            raise TooLarge


def bomb_reason(max_total: int = MAX_TOTAL) -> str:
    """The reason of a rejection for what unpacks to too much."""
    limit = f"{MAX_RATIO} times its size or {max_total / 1024**3:.3g} GB"
    return f"unpacks to over {limit}: an archive bomb; the rest is left out"
