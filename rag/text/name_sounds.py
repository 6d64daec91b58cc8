"""Names as they sound, whatever alphabet they came from: "Khadafi", "Qadhafi" and "Gaddafi" are one.

A name is cut into consonants, each with the vowels after it. The spellings that the common romanisations of Arabic,
Persian and Slavic names have for a consonant are in one table. Two spellings are one name where they have the same
consonants and differ little in the rest. The bounds err towards two names: "Peres" is not "Perez", "Hassan" not
"Hussein", "Karimi" not "Karimov".
"""

import re
from functools import lru_cache
from typing import NamedTuple

from rag.text.surface_facts import folded

_SPELLINGS = {
    "k": ("k", "q", "c", "ck", "kh", "g", "gh"),
    "d": ("d", "dh"),
    "t": ("t", "th"),
    "s": ("s",),
    "z": ("z",),
    "h": ("h",),
    "sh": ("sh", "sch", "ch", "tch", "tsch", "shch", "shtch", "chtch", "schtsch"),
    "j": ("j", "dj", "zh", "dzh"),
    "f": ("f", "ph"),
    "v": ("v", "w"),
    "x": ("x", "ks"),
    **{letter: (letter,) for letter in "bplrmn"},
}
_FINAL_V = ("v", "w", "f")
"""How the end of "Ivanov", "Ivanow" and "Ivanoff" is spelled."""
_SOUNDS = {spelling: sound for sound, spellings in _SPELLINGS.items() for spelling in spellings}
_SYLLABLE = re.compile(rf"({'|'.join(sorted(_SOUNDS, key=len, reverse=True))})([aeiouy]*)|^([aeiouy]+)")
_DOUBLED = re.compile(r"([b-df-hj-np-tv-xz])\1+")
_SILENT_H = re.compile(r"(?<=[aeiouy])h(?![aeiouy])")
_LABIAL = re.compile(r"n(?=[bp])")
_JOINTS = re.compile(r"['’‘`ʿʾ-]")
_UNDECOMPOSED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})

_VOWELS = "aeiouy"
_FEWEST = 4
"""Letters; a shorter name is only itself."""
_BUDGETS = {4: 0.0, 5: 0.35, 6: 0.6, 7: 0.8}
"""How much spellings may differ, by the letters of the shorter; longer ones `_BUDGET`."""
_BUDGET = 1.0
_NEAR_CONSONANT, _VOICE, _HUSHING = 0.25, 0.65, 0.9
_NEAR, _FAR, _HALF, _GLIDE, _MISSING = 0.25, 0.75, 0.5, 0.4, 0.5
_LAST = 3.0
"""A last vowel tells names apart, "Mario" from "Maria": what it differs by counts so many times."""
_ALIKE = {frozenset(pair): cost for pair, cost in (("ei", _NEAR), ("ou", _NEAR), ("ae", 0.35), ("ao", _HALF))}


class Syllable(NamedTuple):
    """A consonant, how it is spelled, and the vowels after it. A name may open with vowels alone."""

    sound: str
    spelling: str
    vowels: str


@lru_cache(maxsize=65536)
def letters_of(name: str) -> str:
    """A name in lower case without accents, apostrophes and hyphens: "Al-Qa'ida" is "alqaida"."""
    return _JOINTS.sub("", folded(name)).translate(_UNDECOMPOSED)


@lru_cache(maxsize=4096)
def syllables(letters: str) -> tuple[Syllable, ...]:
    """The syllables of a name given in plain letters."""
    plain = _LABIAL.sub("m", _SILENT_H.sub("", _DOUBLED.sub(r"\1", letters)))
    found = []
    for match in _SYLLABLE.finditer(plain):
        spelling, vowels, opening = match.groups()
        if opening is not None:
            found.append(Syllable("", "", _even(opening)))
            continue
        found.append(Syllable(_sound(spelling, vowels, match.end() == len(plain)), spelling, _even(vowels)))
    return tuple(found)


def may_be_spelled(letters: str) -> str | None:
    """A regular expression for the letters of all spellings that might be this name; None where it has but its own."""
    own = syllables(letters)
    if len(letters) < _FEWEST or sum(bool(syllable.sound) for syllable in own) < 2 or not letters.isascii():
        return None
    vowels = "[aeiouyh]*"
    return "".join(_consonant(syllable, syllable is own[-1]) + vowels for syllable in own)


def same_name(first: str, second: str) -> bool:
    """Whether two names, given in plain letters, are one in two spellings."""
    if first == second:
        return True
    shorter = min(len(first), len(second))
    budget = _BUDGETS.get(shorter, _BUDGET)
    return shorter >= _FEWEST and difference(first, second) <= budget


def difference(first: str, second: str) -> float:
    """How much two spellings differ, 0 for none that is heard; infinite where their consonants are not the same."""
    ours, theirs = syllables(first), syllables(second)
    if [each.sound for each in ours] != [each.sound for each in theirs]:
        return float("inf")
    spellings = sum(_between_consonants(a.spelling, b.spelling) for a, b in zip(ours, theirs, strict=True))
    vowels = [_between_vowels(a.vowels, b.vowels) for a, b in zip(ours, theirs, strict=True)]
    if first[-1] in _VOWELS or second[-1] in _VOWELS:
        vowels[-1] *= _LAST
    return spellings + sum(vowels)


def _sound(spelling: str, vowels: str, last: bool) -> str:
    if spelling == "c":
        if vowels[:1] in ("e", "i", "y"):
            return "s"
        if last and not vowels:
            return "sh"  # the letter of "Karadžić"
    if spelling in _FINAL_V and last and not vowels:
        return "v"
    return _SOUNDS[spelling]


def _consonant(syllable: Syllable, last: bool) -> str:
    if not syllable.sound:
        return ""
    spellings = set(_SPELLINGS[syllable.sound])
    if syllable.sound == "s" or (syllable.sound == "sh" and last):
        spellings.add("c")
    if syllable.sound == "v" and last:
        spellings.add("f")
    if syllable.sound == "m":
        spellings.add("n")
    return f"({'|'.join(_repeatable(spelling) for spelling in sorted(spellings))})"


def _repeatable(spelling: str) -> str:
    return f"{spelling}{spelling}?" if len(spelling) == 1 else f"{spelling[0]}?{spelling}"


def _even(vowels: str) -> str:
    """Vowels as they sound: "ou" is "u", "ey" is "ei"."""
    for written, heard in (("y", "i"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("aa", "a"), ("ii", "i"), ("uu", "u")):
        vowels = vowels.replace(written, heard)
    return vowels


def _between_consonants(first: str, second: str) -> float:
    if first == second or {first, second} <= {"k", "q", "c", "ck"} or {first, second} <= {"q", "g", "gh"}:
        return 0.0
    sound = _SOUNDS.get(first, "")
    if sound == "k" and _is_voiced(first) != _is_voiced(second) and "q" not in (first, second):
        return _VOICE
    if {first, second} in ({"ch", "sh"}, {"ch", "sch"}):
        return _HUSHING
    return 0.0 if sound in ("d", "t", "f", "x") else _NEAR_CONSONANT


def _is_voiced(spelling: str) -> bool:
    return spelling.startswith("g")


def _between_vowels(first: str, second: str) -> float:
    """Edit distance between two runs of vowels, by how near the vowels are."""
    if first == second:
        return 0.0
    if not first or not second:
        return _MISSING
    row = [_GLIDE * size for size in range(len(second) + 1)]
    for vowel in first:
        diagonal, row[0] = row[0], row[0] + _glide(vowel)
        for place, other in enumerate(second, 1):
            replaced = diagonal + (0.0 if vowel == other else _ALIKE.get(frozenset((vowel, other)), _FAR))
            diagonal = row[place]
            row[place] = min(replaced, row[place] + _glide(vowel), row[place - 1] + _glide(other))
    return row[-1]


def _glide(vowel: str) -> float:
    return _NEAR if vowel in "ei" else _GLIDE
