"""Words as the archive spells them, for questions that spell them another way."""

import re
from collections import Counter
from collections.abc import Mapping
from difflib import get_close_matches

from rag.lexical import LexicalIndex

_WORD = re.compile(r"[^\W\d_]{5,}")
_LONG = 8
"""Letters from which a word may have two letters wrong; a shorter one may have one."""
_ALIKE = 0.8
"""Least share of letters that two spellings have in common and in order."""
_CANDIDATES = 5


def read_spellings(question: str, lexical: LexicalIndex) -> dict[str, str]:
    """The question's words that the archive does not hold, each with the archive's spelling nearest to it.

    Words with no near neighbour are left out. What the archive holds is what the index's reader may see of it.
    """
    unknown = [word for word in dict.fromkeys(_WORD.findall(question)) if not lexical.holds(word)]
    return {word: near for word in unknown if (near := _nearest(word, lexical))}


def respelled(question: str, spellings: Mapping[str, str]) -> str:
    """The question with its words in these spellings."""
    return _WORD.sub(lambda word: spellings.get(word[0], word[0]), question)


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
