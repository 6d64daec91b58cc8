"""Whether one sentence says nothing that another does not."""

import re

from rag.text.negation import count_negations

_WORD = re.compile(r"\w+")
_FEWEST_WORDS = 5
_MOST_MISSING = 0.1  # share of a sentence's words


def is_contained(sentence: str, fuller: str) -> bool:
    """Whether the fuller sentence has all words of the other but a few, which are neither numbers nor names.

    Both must have as many negations, or the one might contradict the other.
    """
    words, known = _WORD.findall(sentence), set(_WORD.findall(fuller.casefold()))
    missing = [at for at, word in enumerate(words) if word.casefold() not in known]
    return (
        len(words) >= _FEWEST_WORDS
        and len(missing) <= _MOST_MISSING * len(words)
        and all(words[at].isalpha() and (words[at].islower() or at == 0) for at in missing)
        and count_negations(sentence) == count_negations(fuller)
    )
