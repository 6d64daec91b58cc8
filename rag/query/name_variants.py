"""A name in all the spellings the archive has for it: "Khadafi" is "Qadhafi" and "Gaddafi" there.

The index of names is the vocabulary: what a reader may not see has no spelling. A word counts as a name only where
the archive capitalises it.
"""

import math
import re
from collections import Counter
from collections.abc import Container
from itertools import islice, product

from rag.domain.filters import Filters
from rag.index.lexical import LexicalIndex
from rag.index.lexical_documents import capitalised
from rag.text.name_sounds import difference, letters_of, may_be_spelled, same_name
from rag.text.surface_facts import names

_WORD = re.compile(r"[^\W\d_]{4,}")
_POSSESSIVE = re.compile(r"['’]s?$")
_MOST = 8
"""Spellings of one word."""
_MOST_NAMES = 24
"""Spellings of a name of several words."""
_NAME = 0.7
"""Least share of a word's paragraphs that capitalise it if it is a name."""
_ALIKE = 0.05
"""Least cosine between the names beside two spellings of one name."""
_READ = 10
"""Paragraphs read for how a name is written."""


class NameVariants:
    """The spellings of names in what one reader sees."""

    def __init__(self, lexical: LexicalIndex, english: Container[str] = ()) -> None:
        """Words in `english` (lower case) that the archive does not hold are taken for no names."""
        self._lexical = lexical
        self._english = english

    def of(self, name: str) -> tuple[str, ...]:
        """Other spellings in which the archive holds this name, as it writes them, the commonest first.

        A name of several words is spelled otherwise where a paragraph has all of its words so.
        """
        words = name.split()
        if len(words) < 2:
            return tuple(self._written(spelling) for spelling in self.spellings(name) if spelling != letters_of(name))
        by_word = [self.spellings(word) or (letters_of(word),) for word in words]
        own = tuple(map(letters_of, words))
        found = (each for each in product(*by_word) if each != own and self._is_named(each))
        return tuple(" ".join(map(self._written, each)) for each in islice(found, _MOST_NAMES))

    def keys(self, name: str, most: int, filters: Filters) -> set[str]:
        """The keys of up to `most` paragraphs that mention this name in any of its spellings."""
        groups = [self.spellings(word) or (letters_of(word),) for word in name.split()]
        return set(self._lexical.keys_naming(groups, most, filters))

    def holds(self, name: str) -> bool:
        """Whether the archive has this name as it is spelled here."""
        return self._is_named(tuple(map(letters_of, name.split())))

    def spellings(self, word: str) -> tuple[str, ...]:
        """The letters of a name's spellings in the archive, its own among them if it is held, the commonest first."""
        letters = letters_of(word)
        spelled = may_be_spelled(letters)
        if spelled is None or not self._is_name(letters):
            return ()
        held = self._lexical.names_like(spelled, Filters())
        alike = [each for each in held if same_name(letters, each) and self._is_name(each)]
        if not alike:
            return ()
        nearest = min(alike, key=lambda spelling: (difference(letters, spelling), -held[spelling]))
        kept = [each for each in alike if each == nearest or self._stand_alike(nearest, each)]
        return tuple(sorted(kept, key=lambda spelling: (-held[spelling], spelling))[:_MOST])

    def in_question(self, question: str) -> dict[str, tuple[str, ...]]:
        """The names of a question that the archive spells otherwise too, each with its spellings there.

        Names are the words with a capital, and those which neither the archive nor `english` has.
        """
        capitalised_words = (_POSSESSIVE.sub("", name) for name in names(question))
        asked = dict.fromkeys((*capitalised_words, *filter(self._is_unknown, _WORD.findall(question))))
        found = {word: self.of(word) for word in asked}
        return {word: spellings for word, spellings in found.items() if spellings}

    def _is_unknown(self, word: str) -> bool:
        return word.lower() not in self._english and not self._lexical.contains_word(word)

    def _is_name(self, letters: str) -> bool:
        return self._lexical.share_capitalised(letters) >= _NAME

    def _stand_alike(self, first: str, second: str) -> bool:
        """Whether both stand among the same names, as one person's spellings do: Korea and Correa do not."""
        ours, theirs = self._lexical.beside(first), self._lexical.beside(second)
        size = math.hypot(*ours.values()) * math.hypot(*theirs.values())
        shared = sum(weight * theirs[name] for name, weight in ours.items() if name in theirs)
        return size > 0 and shared / size >= _ALIKE

    def _is_named(self, letters: tuple[str, ...]) -> bool:
        return bool(self._lexical.keys_naming([(each,) for each in letters], 1, Filters()))

    def _written(self, letters: str) -> str:
        """The name as most paragraphs write it that have lower case too."""
        texts = self._lexical.texts_naming(letters, _READ)
        forms = Counter(word for text in texts for word in capitalised(text) if letters_of(word) == letters)
        return max(forms, key=lambda form: (not form.isupper(), forms[form]), default=letters.capitalize())
