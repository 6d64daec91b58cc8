""" "Who is Moratinos?": the sentences that say who somebody is, the oldest first."""

import re
from collections.abc import Iterator, Sequence

from rag.catalog.catalog_reader import CatalogReader
from rag.domain.filters import Filters
from rag.domain.retrieved_paragraph import QuotedSpan, RetrievedParagraph
from rag.query.name_variants import NameVariants
from rag.text.sentences import sentence_spans

_WHO = re.compile(r"\s*who(?: is| was|['’]s) (?P<name>[^,;:?]{2,60}?)\s*\?*\s*", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_a-z][\w.'’-]*(?: (?:[a-z]{1,3} )?[^\W\d_a-z][\w.'’-]*)*")
_MOST = 3
"""Sentences, of a cable each."""
_READ = 200
"""Paragraphs, the oldest."""
_LONGEST = 60  # words
_OFFICES = (
    "president|premier|minister|chancellor|secretary|ambassador|general|director|chairman|chairwoman|leader|king|queen|prince|"
    "emir|governor|senator|deputy|head|chief|speaker|mayor|judge|colonel|adviser|advisor|spokesman|member|founder|commander|"
    "candidate|owner|editor|professor|bishop|brother|sister|son|daughter|wife|husband|father|mother|cousin|nephew"
)
_AFTER = (
    r"(?: \([^)]{1,60}\))?"
    rf"(?:, (?:the|a|an|then|former|[A-Z]\w+ (?:{_OFFICES}))\b| (?:is|was|became|has been) (?:the|a|an)\b)"
)
_BEFORE = rf"(?i:\b(?:{_OFFICES}))(?:-elect)? (?:[^\W\d_a-z][\w.'’-]* ){{0,4}}"

_IN_COMMAS = rf"(?i:\b(?:{_OFFICES}))[^,.;:()]{{0,30}}, "
"""As in "the Prime Minister's chief of staff, Leopold Starkey, had promised ..."."""


class Introductions:
    """Finds the sentences that say who somebody is, in what one reader sees."""

    def __init__(self, catalog: CatalogReader, variants: NameVariants) -> None:
        self._catalog = catalog
        self._variants = variants

    def of(self, question: str, filters: Filters) -> list[QuotedSpan]:
        """The sentences, of up to three cables; none where the question does not ask who somebody is."""
        asked = _WHO.fullmatch(question)
        if asked is None or _NAME.fullmatch(asked["name"]) is None:
            return []
        forms = "|".join(map(re.escape, (asked["name"], *self._variants.of(asked["name"]))))
        named = re.compile(rf"(?:{forms}){_AFTER}|{_BEFORE}(?:{forms})(?!\w)|{_IN_COMMAS}(?:{forms}),")
        introducing: dict[str, QuotedSpan] = {}
        for paragraph in self._oldest(asked["name"], filters):
            for quoted in _sentences(paragraph):
                if named.search(quoted.text) and len(quoted.text.split()) <= _LONGEST:
                    introducing.setdefault(paragraph.cable_id, quoted)
            if len(introducing) == _MOST:
                break
        return list(introducing.values())

    def _oldest(self, name: str, filters: Filters) -> Iterator[RetrievedParagraph]:
        keys = self._variants.oldest_keys(name, _READ, filters)
        held = self._catalog.paragraphs(keys, searched=True)
        with_year = self._catalog.shared_labels({str(cable.id) for cable, _ in held.values()})
        for key in filter(held.__contains__, keys):
            cable, paragraph = held[key]
            spans = tuple(sentence_spans(paragraph.text))
            yield RetrievedParagraph(cable, paragraph, 1.0, spans, str(cable.id) in with_year)


def _sentences(paragraph: RetrievedParagraph) -> Sequence[QuotedSpan]:
    return [QuotedSpan(paragraph, span) for span in paragraph.sentences]
