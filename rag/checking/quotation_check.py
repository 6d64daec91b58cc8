"""Whether quoted words stand where a citation says."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from rag.catalog.catalog_reader import CatalogReader
from rag.checking.quotations import DraftQuotation
from rag.checking.quoted_words import QuotedDifference, SourceWords, differences, pieces_of, quoted_tokens, words_of
from rag.domain.cable import Cable, Paragraph
from rag.domain.filters import Filters
from rag.domain.span import Span
from rag.index.lexical import LexicalIndex

QuotationStatus = Literal["exact", "differs", "elsewhere", "absent"]
BY_GRAVITY: tuple[QuotationStatus, ...] = ("exact", "differs", "elsewhere", "absent")
_MOST_LOOKED_UP = 500
"""Quotations of one draft that are looked for in the whole archive."""
_FEWEST_WORDS = 4
"""Of a quotation that is looked for in the whole archive: fewer words stand in many cables."""
_MOST_WORDS = 40  # by which the index is asked
_CANDIDATES = 20  # paragraphs


@dataclass(frozen=True, slots=True)
class CheckedQuotation:
    """A quotation and whether it is its source's.

    `keys` are those of the paragraphs that have it; where it differs, of the one with which it was compared.
    """

    start: int
    end: int
    text: str
    status: QuotationStatus
    differences: tuple[QuotedDifference, ...] = ()
    keys: tuple[str, ...] = ()

    def json(self) -> dict[str, Any]:
        """The object in `quotations`."""
        return asdict(self)


class QuotationCheck:
    """Compares the quotations of one draft with their sources."""

    def __init__(self, text: str, catalog: CatalogReader, lexical: LexicalIndex) -> None:
        self._text = text
        self._catalog = catalog
        self._lexical = lexical
        self._sources: dict[tuple[str, ...], SourceWords] = {}
        self._looked_up = 0

    def check(
        self, quotation: DraftQuotation, cited: Sequence[Paragraph], cable: Cable | None
    ) -> CheckedQuotation | None:
        """What became of the quotation; None where it has no words, or is the cable's subject.

        `cited` are the paragraphs cited and `cable` their cable with all its paragraphs; none of them where the
        citation is unknown.
        """
        pieces = pieces_of(quoted_tokens(self._text, quotation.parts))
        words = words_of(pieces)
        if not words or (cable is not None and words == _subject_words(cable)):
            return None
        if cited and self._source(cited).holds(words):
            keys = self._holding(cited, words) or [str(each.key) for each in cited]  # or it goes over several
            return self._checked(quotation, "exact", keys)
        others = [each for each in cable.paragraphs if each not in cited] if cable is not None else []
        if found := self._holding(others, words):
            return self._checked(quotation, "elsewhere", found)
        if cited:
            likeliest = self._likeliest(cited, words)
            different = differences(self._text, pieces, self._source([likeliest]))
            if different is not None:
                return self._checked(quotation, "differs", [str(likeliest.key)], different)
        found = list(self._anywhere(words))
        return self._checked(quotation, "elsewhere" if found else "absent", found)

    def _checked(
        self,
        quotation: DraftQuotation,
        status: QuotationStatus,
        keys: Sequence[str],
        different: Sequence[QuotedDifference] = (),
    ) -> CheckedQuotation:
        span = quotation.span
        return CheckedQuotation(span.start, span.end, span.of(self._text), status, tuple(different), tuple(keys))

    def _source(self, paragraphs: Sequence[Paragraph]) -> SourceWords:
        keys = tuple(str(paragraph.key) for paragraph in paragraphs)
        if keys not in self._sources:
            self._sources[keys] = SourceWords("\n".join(paragraph.text for paragraph in paragraphs))
        return self._sources[keys]

    def _likeliest(self, paragraphs: Sequence[Paragraph], words: Sequence[Sequence[str]]) -> Paragraph:
        """The paragraph that has most of the words: to compare with a whole cable would take long."""
        quoted = {word for piece in words for word in piece}
        return max(paragraphs, key=lambda each: len(quoted.intersection(self._source([each]).words)))

    def _holding(self, paragraphs: Sequence[Paragraph], words: Sequence[Sequence[str]]) -> list[str]:
        return [str(each.key) for each in paragraphs if self._source([each]).holds(words)]

    def _anywhere(self, words: Sequence[Sequence[str]]) -> Iterator[str]:
        """Keys of paragraphs of any cable that hold the words, by the word index."""
        flat = [word for piece in words for word in piece if word[0].isalnum()]
        if len(flat) < _FEWEST_WORDS or self._looked_up >= _MOST_LOOKED_UP:
            return
        self._looked_up += 1
        keys = self._lexical.keys_containing(" ".join(flat[:_MOST_WORDS]), _CANDIDATES, Filters())
        pairs = self._catalog.paragraphs(keys)
        yield from (key for key in keys if key in pairs and self._source([pairs[key][1]]).holds(words))


def _subject_words(cable: Cable) -> list[list[str]]:
    subject = cable.subject or ""
    return words_of(pieces_of(quoted_tokens(subject, [Span(0, len(subject))])))
