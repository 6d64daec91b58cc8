"""Words as the archive spells them, for questions that spell them another way."""

import re
from collections import Counter
from collections.abc import Container, Mapping
from difflib import get_close_matches

from rag.index.lexical import LexicalIndex

_WORD = re.compile(r"[^\W\d_]{5,}")
_LONG = 8
"""Letters from which a word may have two letters wrong; a shorter one may have one."""
_ALIKE = 0.8
"""Least share of letters that two spellings have in common and in order."""
_CANDIDATES = 5
_VARIANTS = (("our", "or"), ("ence", "ense"), ("is", "iz"), ("ys", "yz"), ("tre", "ter"), ("ogue", "og"), ("ll", "l"))


def read_spellings(
    question: str, lexical: LexicalIndex, english: Container[str] = (), but: Container[str] = ()
) -> dict[str, str]:
    """The question's words that the archive does not hold, each with the archive's spelling nearest to it.

    Words with no near neighbour are left out. What the archive holds is what the index's reader may see of it. Words in
    `english` (lower case) are spelled right, however few cables hold them: "killed" is not "filled". They are only read
    as their variants, "harbour" as "harbor". Words in `but` are left out.
    """
    words = (word for word in dict.fromkeys(_WORD.findall(question)) if word not in but)
    unknown = [word for word in words if not lexical.contains_word(word)]
    near = {word: _variant(word, lexical) if word.lower() in english else _nearest(word, lexical) for word in unknown}
    return {word: spelt for word, spelt in near.items() if spelt}


def respelled(question: str, spellings: Mapping[str, str]) -> str:
    """The question with its words in these spellings."""
    if not spellings:
        return question
    words = "|".join(map(re.escape, sorted(spellings, key=len, reverse=True)))
    return re.sub(rf"(?<![^\W_])(?:{words})(?![^\W_])", lambda word: spellings[word[0]], question)


def _variant(word: str, lexical: LexicalIndex) -> str | None:
    """The word as it is written on the other side of the Atlantic, where the archive holds that."""
    written = (re.sub(british, american, word) for british, american in _VARIANTS)
    back = (re.sub(american, british, word) for british, american in _VARIANTS)
    return next((each for each in (*written, *back) if each != word and lexical.contains_word(each)), None)


def _nearest(word: str, lexical: LexicalIndex) -> str | None:
    texts = lexical.texts_like(word, letters_wrong=2 if len(word) >= _LONG else 1)
    spellings = Counter(found[0] for text in texts for found in _WORD.finditer(text))
    lowered = {spelling.lower() for spelling in spellings}
    near = set(get_close_matches(word.lower(), lowered, n=_CANDIDATES, cutoff=_ALIKE))
    return max(
        (spelling for spelling in spellings if spelling.lower() in near),
        key=lambda spelling: (spelling[0].lower() == word[0].lower(), spellings[spelling]),  # few mistype the first
        default=None,
    )
