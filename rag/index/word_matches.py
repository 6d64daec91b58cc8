"""Which words of a text a search by words counts as words of its query."""

from rag.domain.span import Span
from rag.index.lexical_documents import analyzer
from rag.text.literal_words import literal_words


def word_matches(query: str, text: str) -> list[list[Span]]:
    """For each word of the query that the text has, in whatever form, the spans where it has it."""
    english = analyzer()
    found: dict[str, list[Span]] = {stem: [] for stem in english.analyze(query)}
    for word in literal_words(text):
        for stem in english.analyze(word.letters):
            if stem in found:
                found[stem].append(Span(word.start, word.end))
    return [spans for spans in found.values() if spans]
