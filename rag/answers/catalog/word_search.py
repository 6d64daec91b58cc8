"""Which cables have which words: found by the index of words, then read, so that "Morales" is not "moral"."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rag.domain.filters import Filters
from rag.domain.paragraph_key import cable_id_of
from rag.index.context import without_post_and_date
from rag.index.lexical import LexicalIndex
from rag.index.lexical_documents import analyzer
from rag.query.word_terms import WordTerm
from rag.text.surface_facts import folded

_MOST_READ = 50_000
"""Paragraphs read for one word at most: some two seconds of reading."""

Subjects = Callable[[str, Filters], Iterable[tuple[str, str]]]
"""Ids and subjects of the cables whose subject holds these letters: a subject is indexed only with paragraphs that are
marked as high."""
_ENDING = 3
"""Letters that the forms of a word may differ in."""

Groups = Sequence[Sequence[WordTerm]]


@dataclass(frozen=True, slots=True)
class WordMatches:
    """The cables that have one word of every group; `complete` is False where not all paragraphs with one were read."""

    cables: frozenset[str]
    complete: bool = True


class WordSearch:
    """Looks for words in the texts, subjects and headings that one reader may see."""

    def __init__(self, lexical: LexicalIndex, subjects: Subjects) -> None:
        self._lexical = lexical
        self._subjects = subjects
        self._analyzer = analyzer()

    def cables(self, groups: Groups, filters: Filters) -> WordMatches:
        """The cables under these filters that have one word of every group, wherever in the cable."""
        found: frozenset[str] | None = None
        complete = True
        for group in groups:
            ids: set[str] = set()
            for term in group:
                keys, whole = self._paragraphs(term, filters)
                ids |= {cable_id_of(key) for key in keys}
                ids |= self._by_subject(term, filters)
                complete = complete and whole
            found = frozenset(ids) if found is None else found & ids
        return WordMatches(found or frozenset(), complete)

    def _paragraphs(self, term: WordTerm, filters: Filters) -> tuple[list[str], bool]:
        texts = self._lexical.texts_containing(term.text, _MOST_READ + 1, filters)
        keys = [key for key, text in texts[:_MOST_READ] if self._in_indexed(term, text)]
        return keys, len(texts) <= _MOST_READ

    def _in_indexed(self, term: WordTerm, text: str) -> bool:
        """Whether a text that the index found has the term besides the post and the date of its cable."""
        own = without_post_and_date(text)
        if not term.exact:  # the index has read its form already
            of_cable = self._analyzer.analyze(text[: len(text) - len(own)])
            if not set(self._analyzer.analyze(term.text)) & set(of_cable):
                return True
        return self._has(term, own)

    def _by_subject(self, term: WordTerm, filters: Filters) -> set[str]:
        longest = max(re.findall(r"\w+", term.text), key=len, default="")
        letters = longest if term.exact else longest[: max(_ENDING, len(longest) - _ENDING)]
        found = self._subjects(letters, filters) if letters.isascii() and letters else ()
        return {cable_id for cable_id, subject in found if self._has(term, subject)}

    def _has(self, term: WordTerm, text: str) -> bool:
        if term.exact:
            return written(term).search(text if text.isascii() else folded(text)) is not None
        return set(self._analyzer.analyze(term.text)) <= set(self._analyzer.analyze(text))


def written(term: WordTerm) -> re.Pattern[str]:
    """The words of a term one behind the other, whatever the case, in text without accents."""
    words = r"[\W_]{1,3}".join(map(re.escape, re.findall(r"\w+", folded(term.text))))
    return re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
