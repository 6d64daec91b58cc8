"""Classification markings: portion markings from a closed list, and the effective marking of a paragraph.

Portion markings follow the telegram practice of the Foreign Affairs Handbook (5 FAH-2 H-440): a level in
parentheses, with caveats behind slashes, as in (S/NF).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class Level(IntEnum):
    """Classification levels in ascending order; SBU and FOUO are one level of their own above U."""

    U = 0
    SBU = 1
    C = 2
    S = 3
    TS = 4


_LEVELS = {
    "U": Level.U,
    "UNCLASSIFIED": Level.U,
    "UNCLAS": Level.U,
    "SBU": Level.SBU,
    "FOUO": Level.SBU,
    "LOU": Level.SBU,
    "LIMITED OFFICIAL USE": Level.SBU,
    "SENSITIVE BUT UNCLASSIFIED": Level.SBU,
    "FOR OFFICIAL USE ONLY": Level.SBU,
    "C": Level.C,
    "CONFIDENTIAL": Level.C,
    "S": Level.S,
    "SECRET": Level.S,
    "TS": Level.TS,
    "TOP SECRET": Level.TS,
}
_WORDS = {
    Level.U: "Unclassified",
    Level.SBU: "Sensitive But Unclassified",
    Level.C: "Confidential",
    Level.S: "Secret",
    Level.TS: "Top Secret",
}
_CAVEATS = {
    "NF": "NF", "NOFORN": "NF", "NODIS": "NODIS", "EXDIS": "EXDIS", "STADIS": "STADIS", "LIMDIS": "LIMDIS",
    "OC": "ORCON", "ORCON": "ORCON", "PR": "PROPIN", "PROPIN": "PROPIN", "RD": "RD", "FRD": "FRD",
}  # fmt: skip
_PARTNERS = frozenset(("USA", "AUS", "CAN", "GBR", "NZL", "FVEY", "ACGU", "NATO", "ISAF"))
"""Countries and groups that may stand behind REL and a slash; any other word there is an unknown caveat."""
_JOINED = re.compile(r"(TS|S|C)(NF|NOFORN)")
_RELEASE = re.compile(r"REL(?:EASABLE)?(?: TO)?\b[ :]{0,2}([A-Z ,&/]{0,80})")


@dataclass(frozen=True, slots=True)
class Marking:
    """A level with its caveats (`NF`, `NODIS`, `REL ...`), in the short form of portion markings."""

    level: Level
    caveats: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "/".join((self.level.name, *self.caveats))


def read_marking(text: str) -> Marking | None:
    """Read a marking without its parentheses: `C`, `S//NF`, `snf`, `C/Rel Aus`, `CONFIDENTIAL//NOFORN`.

    Returns None for anything outside the closed list, such as `China`.
    """
    folded = " ".join(text.upper().split())
    joined = _JOINED.fullmatch(folded.replace(" ", "").replace("-", ""))
    parts = joined.groups() if joined else _parts(folded)
    level: Level | None = None
    caveats: list[str] = []
    for part in parts:
        if part in _LEVELS:
            level = max(level or Level.U, _LEVELS[part])
        elif caveat := _caveat(part):
            caveats.append(caveat)
        elif part in _PARTNERS and level is not None and caveats and caveats[-1].startswith("REL"):
            caveats[-1] += f" {part}"
        else:
            return None
    return None if level is None else Marking(level, tuple(dict.fromkeys(caveats)))


def effective_marking(portion: str | None, classification: str | None, caveats: Iterable[str] = ()) -> str | None:
    """The marking that decides who may read a paragraph: its own, else the cable's.

    Returns the short form (`C`, `S/NF`), or None where neither is known: such text is denied to everyone
    who needs a clearance.
    """
    own = read_marking(portion) if portion else None
    if own is not None:
        return str(own)
    whole = read_marking(classification) if classification else None
    if whole is None:
        return None
    short = [_caveat(caveat.upper()) or caveat.upper() for caveat in caveats]
    return str(Marking(whole.level, tuple(dict.fromkeys((*whole.caveats, *short)))))


def marking_in_words(marking: str | None) -> str | None:
    """A marking as a citation prints it: `S/NF` -> "Secret/NOFORN"; None where it is unknown."""
    parsed = read_marking(marking) if marking else None
    if parsed is None:
        return None
    return "/".join((_WORDS[parsed.level], *("NOFORN" if each == "NF" else each for each in parsed.caveats)))


def at_or_above(marking: str | None, other: str | None) -> bool:
    """Whether text marked `marking` may be indexed with text marked `other`: same level or higher, all caveats."""
    upper = read_marking(marking) if marking else None
    lower = read_marking(other) if other else None
    if upper is None or lower is None:
        return False
    return upper.level >= lower.level and set(lower.caveats) <= set(upper.caveats)


def combined(one: str | None, other: str | None) -> str | None:
    """The lowest marking at or above both: the higher level, with the caveats of both; None if either is unknown."""
    markings = [read_marking(marking) for marking in (one, other) if marking]
    known = [marking for marking in markings if marking is not None]
    if len(known) < 2:
        return None
    caveats = (caveat for marking in known for caveat in marking.caveats)
    return str(Marking(max(marking.level for marking in known), tuple(dict.fromkeys(caveats))))


def _parts(folded: str) -> list[str]:
    """The marking split at slashes and hyphens, and at commas except in a list of countries behind REL."""
    parts: list[str] = []
    for group in re.split(r"//?|-", folded, maxsplit=8):
        parts += [group] if group.startswith("REL") else group.split(",")
    return [part.strip(" ,") for part in parts]


def _caveat(part: str) -> str | None:
    if part in _CAVEATS:
        return _CAVEATS[part]
    release = _RELEASE.fullmatch(part)
    return None if release is None else " ".join(("REL", *re.split(r"[ ,&/]+", release[1].strip()))).strip()
