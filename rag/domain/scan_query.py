"""What a scan looks for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ScanTerm:
    """Words of a text in a row, or near each other.

    Words are as `literal_words` folds them; one that ends in `*` stands for all words that begin so. `near` is None
    for words in this order with nothing between; else they may come in any order, with up to so many other words among
    them.
    """

    words: tuple[str, ...]
    near: int | None = None


@dataclass(frozen=True, slots=True)
class ScanQuery:
    """Terms that a paragraph must hold and must not hold; of each tuple of `required` any one suffices.

    With `among` it is one of the paragraphs with these keys.
    """

    required: tuple[tuple[ScanTerm, ...], ...]
    excluded: tuple[ScanTerm, ...] = ()
    among: frozenset[str] | None = None

    @property
    def sought(self) -> tuple[ScanTerm, ...]:
        """Every term that a paragraph may be found by."""
        return tuple(term for group in self.required for term in group)
