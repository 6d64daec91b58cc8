"""A name in all the spellings the archive has for it: "Khadafi" is "Qadhafi" and "Gaddafi" there.

The index of names is the vocabulary: what a reader may not see has no spelling. A word counts as a name only where
the archive capitalises it.
"""

import math
import re
from collections import Counter
from collections.abc import Container, Sequence
from itertools import dropwhile, pairwise

from rapidfuzz import fuzz

from rag.domain.filters import Filters
from rag.index.lexical import LexicalIndex
from rag.index.lexical_documents import capitalised
from rag.text.abbreviations import abbreviations_in, is_abbreviation
from rag.text.countries import country_names
from rag.text.name_sounds import difference, letters_of, may_be_spelled, same_name
from rag.text.surface_facts import folded, names, without_possessive

_WORD = re.compile(r"[^\W\d_]{4,}")
_MOST = 8
"""Spellings of a name."""
_NAME = 0.95
"""Least share of a word's paragraphs that capitalise it if it is a name."""
_ALIKE = 0.07
"""Least cosine between the names beside two spellings of one name."""
_MOST_FORMS = 2
"""Ways to write the same letters, such as "Qa'ida" and "Qaida"."""
_SHORT, _NEAR = 6, 0.3
"""Letters of a short name, and how much a spelling may differ from one that the archive does not have: "Becker" may not
be "Baker"."""
_READ, _READ_WHOLE = 20, 200
"""Paragraphs read for how a word is written, and for names of several words and abbreviations."""
_SAME = 88.0
"""Least likeness, of 100, of what an abbreviation stands for in two places."""
_ONE_THING = 0.8
_HELD = re.compile(r"(?=[^\W\d_a-z])[^\W\d_]+(?:['’‘`][^\W\d_]+)*")
"""A capitalised word."""
_WHOLE_NAME = re.compile(r"\b[A-Z]\w+(?: (?:(?:of|for|and|the|de|del|la|bin|al) ){0,2}[A-Z]\w+){1,7}")
_INITIALS = re.compile(r"(?:[A-Z]\.)+|[A-Z]")
_JOINT = "['’‘`-]?"
_LINK = re.compile(r"[\s-]+(?:[a-z]+[\s-]+){0,2}")
"""What may stand between the words of one name."""


class NameVariants:
    """The spellings of names in what one reader sees."""

    def __init__(self, lexical: LexicalIndex, english: Container[str] = ()) -> None:
        """Words in `english` (lower case) that the archive does not hold are taken for no names."""
        self._lexical = lexical
        self._english = english

    def of(self, name: str) -> tuple[str, ...]:
        """Other spellings in which the archive holds this name, as it writes them, the commonest first.

        Those of a name of several words are whole names that a paragraph has; then come its abbreviations, and for an
        abbreviation what it stands for.
        """
        words = _words(name)
        if words and (initials := "".join(re.findall(r"\b[A-Z]\b", name.partition(words[0])[0]))):
            return tuple(form for form in self._with_initials(initials, words) if form != name)
        if len(words) > 1:
            return (*self._whole_names(words), *self._abbreviations(name, words))
        spelled = self._word_variants(words[0]) if words else ()
        return (*spelled, *self._stands_for(name)) if is_abbreviation(name) else spelled

    def keys(self, name: str, most: int, filters: Filters) -> set[str]:
        """The keys of up to `most` paragraphs that mention this name in any of its spellings."""
        words = _words(name)
        shorter = self._abbreviations(name, words) if len(words) > 1 else ()
        longer = self._stands_for(name) if is_abbreviation(name) else ()
        queries = [self._groups(words), *([{letters_of(each)}] for each in shorter), *map(self._own, longer)]
        return {key for groups in queries for key in self._lexical.keys_naming(groups, most, filters)}

    def oldest_keys(self, name: str, most: int, filters: Filters) -> list[str]:
        """The keys of the `most` oldest paragraphs that mention this name in any of its spellings, oldest first."""
        return self._lexical.keys_naming(self._groups(_words(name)), most, filters, oldest_first=True)

    def holds(self, name: str) -> bool:
        """Whether the archive has this name as it is spelled here."""
        return bool(self._lexical.keys_naming(self._own(name), 1, Filters()))

    def spellings(self, word: str) -> tuple[str, ...]:
        """The letters of a name's spellings in the archive, its own among them if it is held, the commonest first.

        The names of countries and their peoples have one spelling in English: "Argentine" is another word.
        """
        letters = letters_of(word)
        spelled = may_be_spelled(letters)
        if spelled is None or country_names(word) or not self._is_name(letters):
            return ()
        held = self._lexical.names_like(spelled, Filters())
        alike = [each for each in held if same_name(letters, each) and self._is_name(each)]
        if letters not in held and len(letters) <= _SHORT:  # nothing tells whose name it is but its sound
            alike = [each for each in alike if difference(letters, each) <= _NEAR]
        if not alike:
            return ()
        nearest = min(alike, key=lambda spelling: (spelling != letters, difference(letters, spelling), -held[spelling]))
        kept = [each for each in alike if each == nearest or self._stand_alike(nearest, each)]
        ordered = sorted(kept, key=lambda spelling: (-held[spelling], spelling))
        return (*ordered, *self._singulars(ordered))[:_MOST]

    def _singulars(self, names_held: Sequence[str]) -> list[str]:
        """Of a people, "Uighurs", what one of them is called where that stands among the same names."""
        pairs = (
            (name, name.removesuffix("s")) for name in names_held if name.endswith("s") and not name.endswith("ss")
        )
        return [one for many, one in pairs if self._is_name(one) and self._stand_alike(many, one)]

    def in_question(self, question: str, in_english: bool = True) -> dict[str, tuple[str, ...]]:
        """The names of a question that the archive spells otherwise too, each with its spellings there.

        Words are looked at one by one, and whole names for their abbreviations. Names are the words with a capital and,
        in English, those which neither the archive nor `english` has.
        """
        capitals = names(question)
        with_capital = map(without_possessive, capitals)
        unknown = filter(self._is_unknown, _WORD.findall(question)) if in_english else ()
        asked = dict.fromkeys((*with_capital, *unknown))
        found = {word: self._word_variants(word) for word in asked}
        for match in _WHOLE_NAME.finditer(question):
            name = " ".join(dropwhile(lambda word: word not in capitals, match[0].split()))  # "Did the Navy ..."
            if " " in name:
                found[name] = tuple(self._abbreviations(name, _words(name)))
        return {word: spellings for word, spellings in found.items() if spellings}

    def _word_variants(self, word: str) -> tuple[str, ...]:
        """Other spellings of one word; "Qa'ida" of "Qaida" too, which word search takes for other words."""
        written = (form for letters in self.spellings(word) for form in self._written(letters))
        return tuple(form for form in written if folded(form) != folded(word))

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

    def _own(self, name: str) -> list[set[str]]:
        return [{letters_of(word)} for word in _words(name)]

    def _groups(self, words: Sequence[str]) -> list[set[str]]:
        """For each word of a name the letters of its spellings."""
        return [{letters_of(word), *self.spellings(word)} for word in words]

    def _whole_names(self, words: Sequence[str]) -> list[str]:
        """A name of several words as paragraphs have it that do not have it so."""
        groups, own = self._groups(words), list(map(letters_of, words))
        forms = Counter[str]()
        for text in self._lexical.texts_naming(groups, _READ_WHOLE, without=own):
            held = list(_HELD.finditer(text))
            for start in range(len(held) - len(words) + 1):
                run = held[start : start + len(words)]
                if all(letters_of(word[0]) in group for word, group in zip(run, groups, strict=True)) and all(
                    _LINK.fullmatch(text, one.end(), other.start()) for one, other in pairwise(run)
                ):
                    forms[" ".join(text[run[0].start() : run[-1].end()].split())] += 1
        best = {letters_of(form): form for form, _ in reversed(forms.most_common())}
        return sorted(best.values(), key=lambda form: -forms[form])[:_MOST]

    def _with_initials(self, initials: str, words: Sequence[str]) -> list[str]:
        """A name with initials, such as "A. Q. Khan", as paragraphs have it: with or without points and blanks."""
        letters = r"\.? ?".join(initials)
        spelled = re.compile(rf"\b{letters}\.? {' '.join(map(re.escape, words))}\b")
        texts = self._lexical.texts_naming(self._own(" ".join(words)), _READ_WHOLE)
        forms = Counter(match[0] for text in texts for match in spelled.finditer(text))
        return [form for form, _ in forms.most_common(_MOST)]

    def _abbreviations(self, name: str, words: Sequence[str]) -> list[str]:
        """The abbreviations that paragraphs with this name explain, but for those that stand for something else too."""
        texts = self._lexical.texts_naming(self._groups(words), _READ_WHOLE)
        explained = Counter(each.short for text in texts for each in abbreviations_in(text) if _same(each.full, name))
        return [short for short in explained if any(_same(full, name) for full in self._stands_for(short))]

    def _stands_for(self, short: str) -> list[str]:
        """What an abbreviation stands for, if it is one thing only wherever it is explained."""
        texts = self._lexical.texts_naming([{letters_of(short)}], _READ_WHOLE)
        explained = (each for text in texts for each in abbreviations_in(text))
        fulls = Counter(each.full for each in explained if letters_of(each.short) == letters_of(short))
        commonest = [full for full, _ in fulls.most_common(1)]
        meant = sum(count for full, count in fulls.items() if _same(full, commonest[0]))
        return commonest if meant > _ONE_THING * fulls.total() else []

    def _written(self, letters: str) -> list[str]:
        """The ways in which paragraphs write a name, each of which word search takes for another word."""
        texts = self._lexical.texts_naming([{letters}], _READ)
        plain = re.compile(rf"(?<![^\W_]){_JOINT.join(letters)}(?![^\W_])", re.IGNORECASE)
        found = Counter(word for text in texts for word in plain.findall(text) if word[0].isupper())
        forms = found or Counter(word for text in texts for word in capitalised(text) if letters_of(word) == letters)
        ordered = sorted(forms, key=lambda form: (form.isupper(), -forms[form]))
        return list({folded(form): form for form in reversed(ordered)}.values())[::-1][:_MOST_FORMS]


def _words(name: str) -> list[str]:
    """The words of a name that are capitalised, or all of a name without capitals."""
    words = [without_possessive(word) for word in re.split(r"[\s-]+", name) if word]
    return [word for word in words if word[:1].isupper() and not _INITIALS.fullmatch(word)] or words


def _same(first: str, second: str) -> bool:
    return fuzz.ratio(letters_of(first), letters_of(second)) >= _SAME
