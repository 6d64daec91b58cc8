"""The words of titles and offices at embassies and in the Department, to tell them from names.

`Minister Counselor for Economic Affairs Robert Luke`, `A/DCM D.C. McCullough`, `EUR/RUS Acting Director`: titles come
in words, in clippings run together (`PolMinCouns`, `EconOff`), and as office symbols (`NEA`, `S/CT`, `ISN/MTR`).
"""

import re

from ingest import post_names, title_words
from ingest.spelling import within

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
    for table in (
        title_words.COUNTRIES,
        post_names.AFRICA,
        post_names.NEAR_EAST,
        post_names.SOUTH_AND_CENTRAL_ASIA,
        post_names.EAST_ASIA_AND_PACIFIC,
        post_names.EUROPE,
        post_names.AMERICAS,
    )
    for word in table.replace(";", " ").split()
    if len(word) > 3 and word not in _NAMES_TOO
)


def is_title_word(word: str) -> bool:
    """Whether a word, punctuation off, belongs to titles and not to names; forgives one or two typing errors."""
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
    """Whether a word of titles is also a common surname: `Major`."""
    return word.lower() in _SURNAMES_TOO
