"""The citations and quotations of a draft, checked against the archive as one reader sees it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from rag.catalog.catalog_reader import CatalogReader
from rag.catalog.lookup import OpenedCitation
from rag.catalog.suggestions import resolve_typed
from rag.checking.draft_citations import DraftCitation, find_draft_citations
from rag.checking.quotation_check import BY_GRAVITY, CheckedQuotation, QuotationCheck
from rag.checking.quotations import DraftQuotation, attributed
from rag.domain.cable import Cable
from rag.domain.citation import TypedCitation
from rag.domain.paragraph_key import cable_id_of
from rag.domain.span import Span
from rag.errors import Withdrawn
from rag.index.lexical import LexicalIndex

_MOST_WITH_SUGGESTIONS = 100
"""Different citations of one draft for which suggestions are looked up."""
_OPEN_CABLES = 50  # kept at once

Status = Literal["ok", "unknown", "ambiguous"]


@dataclass(frozen=True, slots=True)
class CheckedCitation:
    """A citation of a draft: what it means, or what it may mean, and the quotations beside it.

    `keys` are all paragraphs of a range; `key` is the first, or the id of a cable that is cited whole. What the reader
    may not see is unknown, as is what the archive does not hold. `suggestions` are what may have been meant, and the
    paragraphs that have a quotation which stands elsewhere.
    """

    start: int
    end: int
    text: str
    status: Status
    key: str | None = None
    citation: str | None = None
    url: str | None = None
    keys: tuple[str, ...] = ()
    suggestions: tuple[OpenedCitation, ...] = ()
    quotations: tuple[CheckedQuotation, ...] = ()

    @property
    def quotation(self) -> CheckedQuotation | None:
        """The quotation that is furthest from its source."""
        return max(self.quotations, key=lambda each: BY_GRAVITY.index(each.status), default=None)

    def json(self) -> dict[str, Any]:
        """The object in `citations` of `POST /check`."""
        named = ("start", "end", "text", "status", "key", "citation", "url")
        return {name: getattr(self, name) for name in named} | {
            "keys": list(self.keys),
            "suggestions": [{"key": each.key, "citation": each.citation, "url": each.url} for each in self.suggestions],
            "quotation": None if self.quotation is None else self.quotation.json(),
            "quotations": [each.json() for each in self.quotations],
        }


def check_draft(text: str, catalog: CatalogReader, lexical: LexicalIndex) -> list[CheckedCitation]:
    """Every citation in the text, in order, with the quotations beside it.

    Raises:
        BadInput: the text is too long, or has too many citations.
    """
    found = find_draft_citations(text, catalog)
    quoted = attributed(text, [Span(each.typed.start, each.typed.end) for each in found])
    return _DraftCheck(text, catalog, lexical, found).results(quoted)


class _DraftCheck:
    def __init__(
        self, text: str, catalog: CatalogReader, lexical: LexicalIndex, found: Sequence[DraftCitation]
    ) -> None:
        self._text = text
        self._catalog = catalog
        self._found = found
        self._quotations = QuotationCheck(text, catalog, lexical)
        self._paragraphs = catalog.paragraphs([key for each in found for key in _keys(each)])
        self._shared = catalog.shared_labels({cable for each in found for cable in each.cables})
        self._cables: dict[str, Cable | None] = {}
        self._suggested: dict[TypedCitation, tuple[OpenedCitation, ...]] = {}

    def results(self, quoted: dict[int, list[DraftQuotation]]) -> list[CheckedCitation]:
        return [self._checked(each, quoted.get(at, [])) for at, each in enumerate(self._found)]

    def _checked(self, cited: DraftCitation, quoted: Sequence[DraftQuotation]) -> CheckedCitation:
        typed = cited.typed
        place = typed.start, typed.end, self._text[typed.start : typed.end]
        opened = self._opened(cited)
        cable = self._cable(cable_id_of(opened[0].key)) if opened and quoted else None
        paragraphs = [each.paragraph for each in opened if each.paragraph is not None]
        sources = paragraphs or (cable.paragraphs if cable else ())
        checks = (self._quotations.check(each, sources, cable) for each in quoted)
        quotations = tuple(each for each in checks if each is not None)
        elsewhere = self._of_keys(key for each in quotations if each.status == "elsewhere" for key in each.keys)
        if not opened:
            status: Status = "ambiguous" if len(cited.cables) > 1 else "unknown"
            suggested = (*self._suggestions(typed), *elsewhere)
            return CheckedCitation(*place, status, suggestions=suggested, quotations=quotations)
        first = opened[0]
        keys = tuple(each.key for each in opened if each.paragraph is not None)
        return CheckedCitation(*place, "ok", first.key, first.citation, first.url, keys, elsewhere, quotations)

    def _opened(self, cited: DraftCitation) -> list[OpenedCitation]:
        """The paragraphs or the cable that it means; nothing where it means several or one of them is not there."""
        if len(cited.cables) != 1:
            return []
        with_year = cited.cables[0] in self._shared
        if cited.typed.locator is None:
            cable = self._cable(cited.cables[0])
            return [] if cable is None else [OpenedCitation(cable, None, with_year)]
        pairs = [self._paragraphs.get(key) for key in _keys(cited)]
        return [OpenedCitation(*pair, with_year) for pair in pairs if pair] if all(pairs) else []

    def _of_keys(self, keys: Iterable[str]) -> tuple[OpenedCitation, ...]:
        pairs = self._catalog.paragraphs(list(dict.fromkeys(keys)))
        shared = self._catalog.shared_labels(map(cable_id_of, pairs)) if pairs else set()
        return tuple(OpenedCitation(*pairs[key], cable_id_of(key) in shared) for key in pairs)

    def _cable(self, cable_id: str) -> Cable | None:
        if cable_id not in self._cables:
            if len(self._cables) >= _OPEN_CABLES:
                self._cables.clear()
            self._cables[cable_id] = self._catalog.cable(cable_id)
        return self._cables[cable_id]

    def _suggestions(self, typed: TypedCitation) -> tuple[OpenedCitation, ...]:
        plain = replace(typed, start=0, end=0, word_starts=(), further=())
        if plain not in self._suggested:
            if len(self._suggested) >= _MOST_WITH_SUGGESTIONS:
                return ()
            try:
                self._suggested[plain] = resolve_typed(self._catalog, plain).suggestions
            except Withdrawn:
                self._suggested[plain] = ()
        return self._suggested[plain]


def _keys(cited: DraftCitation) -> list[str]:
    typed = cited.typed
    if typed.locator is None or len(cited.cables) != 1:
        return []
    return [f"{cited.cables[0]}#{locator}" for locator in (typed.locator, *typed.further)]


def shown_keys(checked: Iterable[CheckedCitation]) -> list[str]:
    """Keys of the paragraphs of whose words the check tells something."""
    return [key for each in checked for quotation in each.quotations for key in quotation.keys]
