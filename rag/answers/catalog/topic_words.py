"""How much of a topic a text speaks of: names as written, countries by any of their names, other words in any form."""

from collections.abc import Callable, Iterable

from rag.answers.catalog.word_search import written
from rag.index.lexical_documents import analyzer
from rag.query.word_terms import WordTerm, topic_terms
from rag.text.countries import country_names
from rag.text.surface_facts import folded

Rarity = Callable[[Iterable[str]], dict[str, float]]
"""For each word, how much it tells: 0 for a stop word, more the fewer paragraphs have it."""


class TopicWords:
    """Finds the words of topics in texts and weighs them by their rarity."""

    def __init__(self, rarity: Rarity) -> None:
        self._analyzer = analyzer()
        self._rarity = rarity

    def weight(self, text: str, topic: str) -> float:
        """The rarities of those of the topic's words that the text has, added up."""
        terms = [term for (term,) in topic_terms(topic)]
        rarity = self._rarity(term.text for term in terms)
        stems, codes = set(self._analyzer.analyze(text)), {code for _, code in country_names(text)}
        return sum(rarity[term.text] for term in terms if self._has(text, stems, codes, term))

    def _has(self, text: str, stems: set[str], codes: set[str], term: WordTerm) -> bool:
        if not term.exact:
            return set(self._analyzer.analyze(term.text)) <= stems
        named = {code for _, code in country_names(term.text)}
        return bool(named & codes) or written(term).search(folded(text)) is not None
