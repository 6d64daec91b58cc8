"""Cable ids: two-digit year, post without spaces, serial without leading zeros (`08TOKYO2367`)."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from rag.errors import BadInput

_CENTURY_PIVOT = 66  # the oldest machine-readable telegrams are of 1966
_ID = re.compile(r"(?:19|20)?(\d\d)[ _-]?([A-Z](?:[A-Z .'_-]{0,40}[A-Z])?)[ _-]?(\d{1,8})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class CableId:
    """The key of a cable. `year` has two digits, `post` is upper case without spaces."""

    year: int
    post: str
    serial: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an id as people and files write it: `08TOKYO2367`, `2008 Tokyo 002367`.

        Raises:
            BadInput: the text is not a cable id.
        """
        match = _ID.fullmatch(text.strip())
        if match is None:
            raise BadInput(f"not a cable id: {text[:40]!r}; write it like 08TOKYO2367")
        return cls(int(match[1]), compact_post(match[2]), int(match[3]))

    @property
    def full_year(self) -> int:
        """The four-digit year: 66-99 are 19xx."""
        return full_year(self.year)

    def __str__(self) -> str:
        return f"{self.year:02d}{self.post}{self.serial}"


def full_year(two_digits: int) -> int:
    """Four digits for two: 66-99 are 19xx, 00-65 are 20xx."""
    return two_digits + (1900 if two_digits >= _CENTURY_PIVOT else 2000)


@lru_cache(maxsize=1024)
def compact_post(name: str) -> str:
    """A post's name as it stands in an id: letters without accents and digits only, upper case."""
    plain = unicodedata.normalize("NFKD", name).upper()
    return "".join(character for character in plain if character.isascii() and character.isalnum())
