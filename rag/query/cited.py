"""Questions that name a cable or a paragraph ("What does TOKYO 2367 ¶3 say?") go straight there."""

from dataclasses import dataclass

from rag.catalog.catalog_reader import CatalogReader
from rag.catalog.lookup import no_such_paragraph
from rag.domain.citation import TypedCitation, find_citations
from rag.domain.paragraph_key import cable_id_of

_YEARS = range(1966, 2030)


@dataclass(frozen=True, slots=True)
class CitedInQuestion:
    """What a question names: keys of paragraphs, ids of whole cables, and a line about each thing not found."""

    paragraphs: tuple[str, ...] = ()
    cables: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.paragraphs or self.cables or self.missing)

    @property
    def cable_ids(self) -> frozenset[str]:
        """The cables named and those whose paragraphs are."""
        return frozenset((*self.cables, *map(cable_id_of, self.paragraphs)))


def find_cited(question: str, catalog: CatalogReader) -> CitedInQuestion:
    """Look up everything in the question that is a citation in this archive, or plainly meant as one."""
    paragraphs: list[str] = []
    cables: list[str] = []
    missing: list[str] = []
    for typed in find_citations(question):
        if is_year(typed, question):
            continue
        ids = catalog.resolve(typed)
        if not ids and _plainly_meant(typed, question, catalog):
            missing.append(f"the archive holds no cable {_as_typed(typed)}")
        for cable_id in ids:
            if typed.locator is None:
                cables.append(cable_id)
                continue
            key = f"{cable_id}#{typed.locator}"
            if key in catalog.paragraphs([key]):
                paragraphs.append(key)
            elif (cable := catalog.cable(cable_id)) is not None:
                missing.append(no_such_paragraph(cable, key))
    return CitedInQuestion(*(tuple(dict.fromkeys(each)) for each in (paragraphs, cables, missing)))


def is_year(typed: TypedCitation, question: str) -> bool:
    """ "in Madrid 2007" means a year; "MADRID 2007" in capitals, with a paragraph or with a year does not."""
    plain = typed.locator is None and typed.year is None and typed.serial in _YEARS
    return plain and not question[typed.start : typed.end].isupper()


def _plainly_meant(typed: TypedCitation, question: str, catalog: CatalogReader) -> bool:
    if typed.locator is not None:
        return True
    if typed.year is not None and not typed.year_follows:
        written = question[typed.start : typed.end]
        return written.isupper() and " " not in written
    return typed.words[-1] in question and catalog.has_post(list(typed.posts())[-1])


def _as_typed(typed: TypedCitation) -> str:
    year = "" if typed.year is None else f"{typed.year:02d} "
    post = " ".join(typed.words) if year and not typed.year_follows else typed.words[-1]
    return f"{year}{post} {typed.serial}"
