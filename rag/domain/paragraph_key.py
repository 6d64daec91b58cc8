"""Paragraph keys: cable id, `#`, locator (`08TOKYO2367#3`, `07TOKYO2287#5~2`, `#0`, `#u1`)."""

import re
from dataclasses import dataclass
from typing import Self

from rag.domain.cable_id import CableId
from rag.errors import BadInput

_LOCATOR = re.compile(r"(?P<unnumbered>u)?(?P<number>\d{1,5})(?:~(?P<occurrence>\d{1,3}))?", re.IGNORECASE)


_ORDINALS = {1: "st", 2: "nd", 3: "rd"}


@dataclass(frozen=True, slots=True, order=True)
class Locator:
    """The place of a paragraph in its cable.

    `number` is the printed number; 0 stands for citable text before ¶1. `occurrence` counts paragraphs
    with the same printed number from 1. With `unnumbered`, `number` counts the paragraphs of a cable
    that numbers nothing, from 1.
    """

    number: int
    occurrence: int = 1
    unnumbered: bool = False

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `5`, `5~2`, `0` or `u1`.

        Raises:
            BadInput: the text is not a paragraph locator.
        """
        match = _LOCATOR.fullmatch(text.strip())
        if match is None:
            raise BadInput(f"not a paragraph number: {text[:40]!r}; write it like 3, 5~2, 0 or u1")
        occurrence = int(match["occurrence"] or 1)
        unnumbered = match["unnumbered"] is not None
        number = int(match["number"])
        if occurrence < 1 or (occurrence > 1 and (unnumbered or number == 0)) or (unnumbered and number < 1):
            raise BadInput(f"not a paragraph number: {text[:40]!r}; write it like 3, 5~2, 0 or u1")
        return cls(number, occurrence, unnumbered)

    @property
    def printed_number(self) -> int | None:
        """The number a reader sees in the cable, or None where none is printed."""
        return None if self.unnumbered or self.number == 0 else self.number

    @property
    def in_words(self) -> str:
        """How a citation names it behind the cable: "¶ 3", "¶ 5 (2nd)", "preamble", "unnumbered, 2nd paragraph"."""
        if self.unnumbered:
            return f"unnumbered, {ordinal(self.number)} paragraph"
        if self.number == 0:
            return "preamble"
        return f"¶ {self.number}" + (f" ({ordinal(self.occurrence)})" if self.occurrence > 1 else "")

    def __str__(self) -> str:
        repeat = f"~{self.occurrence}" if self.occurrence > 1 else ""
        return f"{'u' if self.unnumbered else ''}{self.number}{repeat}"


@dataclass(frozen=True, slots=True, order=True)
class ParagraphKey:
    """The key of one citable unit."""

    cable: CableId
    locator: Locator

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a key such as `08TOKYO2367#3`.

        Raises:
            BadInput: the text is not a paragraph key.
        """
        cable, mark, locator = text.partition("#")
        if not mark:
            raise BadInput(f"not a paragraph key: {text[:40]!r}; write it like 08TOKYO2367#3")
        return cls(CableId.parse(cable), Locator.parse(locator))

    def __str__(self) -> str:
        return f"{self.cable}#{self.locator}"


def cable_id_of(key: str) -> str:
    """The cable id in a paragraph key: `08TOKYO2367` for `08TOKYO2367#3`. Nothing is checked."""
    return key.partition("#")[0]


def locator_of(key: str) -> str:
    """The locator in a paragraph key: `3` for `08TOKYO2367#3`. Nothing is checked."""
    return key.partition("#")[2]


def route_of(key: str) -> str:
    """The route of the service that reads a paragraph, or a cable by its id. Nothing is checked."""
    cable, locator = cable_id_of(key), locator_of(key)
    return f"/cables/{cable}/paragraphs/{locator}" if locator else f"/cables/{cable}"


def ordinal(number: int) -> str:
    """`2nd` for 2."""
    suffix = "th" if 10 <= number % 100 <= 20 else _ORDINALS.get(number % 10, "th")
    return f"{number}{suffix}"
