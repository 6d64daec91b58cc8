"""Tells the words of titles and offices from personal names.

`Minister Counselor for Economic Affairs Robert Luke`, `A/DCM D.C. McCullough`, `EUR/RUS Acting Director`: titles are
printed as words, as joined clippings (`PolMinCouns`, `EconOff`), or as office symbols (`NEA`, `S/CT`, `ISN/MTR`).
"""

import re

from ingest.header import title_words
from ingest.header.spelling import within
from rag.domain import post_names

_WORDS = frozenset(title_words.WORDS.split())
_SYMBOLS = frozenset(title_words.SYMBOLS.split())
_OFTEN_MISSPELLED = title_words.OFTEN_MISSPELLED.split()
_SURNAMES_TOO = frozenset(title_words.SURNAMES_TOO.split())
_NAMES_TOO = frozenset(title_words.NAMES_TOO.split())

# `PolOff`, `EconMinCouns`, `Polchief`, `ESTOff`, `REFCOORD`.
_CLIPPING = re.compile(
    r"(?:(?:pol|polit|econ?|ecomm|mil|min|lab|labor|esth?|ref|con|mgmt|mgt|admin|info|sci|env|dep|act|pub|reg|agri|narc|a|d|e|p)[-/]?)"
    r"{1,4}(?:off|offs|officer|coun|couns?|counc|counselor|cons|chief|min|mincouns?|ad|att|coord|dir|sect|section|specialist)"
)

_PLACES = frozenset(
    word
    for table in (title_words.COUNTRIES, *post_names.REGIONS)
    for word in table.replace(";", " ").split()
    if len(word) > 3 and word not in _NAMES_TOO
)


def is_title_word(word: str) -> bool:
    """Whether a word without punctuation is part of a title and not of a name; one or two typing errors are allowed."""
    folded = word.lower().replace("0", "o").replace("’", "'")
    if folded in _WORDS or _CLIPPING.fullmatch(folded):
        return True
    parts = [part for part in re.split(r"[-/&+]", folded, maxsplit=4) if part]
    if len(parts) > 1:
        return all(part in _WORDS or is_symbol(part.upper()) or is_title_word(part) for part in parts)
    return _misspelled(folded)


def _misspelled(folded: str) -> bool:
    if len(folded) < 4 or not folded.isalpha():
        return False
    return any(
        within(folded, word, 2 if len(word) >= 9 else 1)
        for word in _OFTEN_MISSPELLED
        if len(folded) > 4 or (folded[0], folded[-1]) == (word[0], word[-1])
    )


def is_symbol(word: str) -> bool:
    """Whether a word in capitals is an office symbol: `NEA`."""
    return word in _SYMBOLS


def is_place(word: str, certain: bool = False) -> bool:
    """Whether a word is a country's or a post's name; `certain` where the context rules out a personal name."""
    return word.upper() in _PLACES or (certain and word.upper() in _NAMES_TOO)


def is_surname_too(word: str) -> bool:
    """Whether a word of titles is also a surname: `Major`."""
    return word.lower() in _SURNAMES_TOO
