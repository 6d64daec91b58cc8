"""Opening a citation: one paragraph or a whole cable, from the catalog alone."""

from dataclasses import dataclass

from rag.catalog.catalog_reader import CatalogReader
from rag.catalog.tombstones import Tombstones
from rag.domain.cable import Cable, Paragraph
from rag.domain.citation import TypedCitation, cite, read_citation
from rag.domain.paragraph_key import ParagraphKey, route_of
from rag.errors import Ambiguous, BadInput, NotFound, Withdrawn


@dataclass(frozen=True, slots=True)
class OpenedCitation:
    """A cable, the paragraph cited (None for the whole cable), and whether its label needs the year."""

    cable: Cable
    paragraph: Paragraph | None
    with_year: bool

    @property
    def key(self) -> str:
        """The paragraph's key, or the cable's id."""
        return str(self.cable.id if self.paragraph is None else self.paragraph.key)

    @property
    def citation(self) -> str:
        """The paragraph's citation, or the cable's label."""
        if self.paragraph is None:
            return self.cable.label(self.with_year)
        return self.cable.citation(self.paragraph, self.with_year)

    @property
    def url(self) -> str:
        """The route that reads it."""
        return route_of(self.key)


def parse_citation(text: str) -> TypedCitation:
    """Read a citation in any spelling people type.

    Raises:
        BadInput: the text is not a citation.
    """
    typed = read_citation(text)
    if typed is None:
        raise BadInput(f"not a citation: {text[:60]!r}; write it like TOKYO 2367 ¶3 or 08TOKYO2367#3")
    return typed


def open_citation(catalog: CatalogReader, text: str) -> OpenedCitation:
    """Open a citation in any spelling people type.

    Raises:
        BadInput: the text is not a citation.
        Ambiguous: several cables match it; the message lists them.
        NotFound: the archive has no such cable or paragraph.
        Withdrawn: it was withdrawn, and the reader is the owner.
    """
    typed = parse_citation(text)
    cable_id = only_cable(catalog, typed, text)
    if cable_id is None:
        refuse_withdrawn(catalog, typed)
        raise NotFound(no_such_cable(typed))
    return open_paragraph(catalog, cable_id, None if typed.locator is None else str(typed.locator))


def only_cable(catalog: CatalogReader, typed: TypedCitation, text: str) -> str | None:
    """Id of the one cable that a citation, typed as `text`, names; None where the archive has none.

    Raises:
        Ambiguous: several cables match it; the message lists them.
    """
    ids = catalog.resolve(typed)
    if len(ids) > 1:
        raise Ambiguous(f"{text.strip()} could be {' or '.join(ids)}; put the year in front")
    return ids[0] if ids else None


def no_such_cable(typed: TypedCitation) -> str:
    """One line that says which cable is missing."""
    return f"the archive holds no cable {' '.join(typed.words)} {typed.serial}"


def open_paragraph(catalog: CatalogReader, cable_id: str, locator: str | None) -> OpenedCitation:
    """Open a cable by its id and, unless `locator` is None, one of its paragraphs (`3`, `5~2`, `0`, `u1`).

    Raises:
        BadInput: the locator is none.
        NotFound: the archive has no such cable or paragraph.
        Withdrawn: it was withdrawn, and the reader is the owner.
    """
    cable = catalog.cable(cable_id)
    if cable is None:
        _refuse_withdrawn_key(catalog, cable_id, None)
        raise NotFound(f"the archive holds no cable {cable_id}")
    with_year = bool(catalog.shared_labels([cable_id]))
    if locator is None:
        return OpenedCitation(cable, None, with_year)
    key = ParagraphKey.parse(f"{cable_id}#{locator}")
    paragraph = next((paragraph for paragraph in cable.paragraphs if paragraph.key == key), None)
    if paragraph is None:
        _refuse_withdrawn_key(catalog, cable_id, str(key.locator))
        raise NotFound(no_such_paragraph(cable, str(key)))
    return OpenedCitation(cable, paragraph, with_year)


def refuse_withdrawn(catalog: CatalogReader, typed: TypedCitation) -> None:
    """Tell the owner that the cable a citation names was withdrawn; for other readers there never was one.

    Raises:
        Withdrawn: it was, and the reader is the owner.
    """
    if catalog.reader.owner and (stone := Tombstones(catalog).meant(typed)) is not None:
        raise Withdrawn(str(stone))


def no_such_paragraph(cable: Cable, key: str) -> str:
    """One line that says which paragraph is missing, and which ones the cable has."""
    locators = [paragraph.key.locator for paragraph in cable.paragraphs]
    if not locators:
        return f"{cable.label()} is empty"
    citation = cite(cable.label(), ParagraphKey.parse(key).locator)
    return f"there is no {citation}; the cable has paragraphs {locators[0]} to {locators[-1]}"


def _refuse_withdrawn_key(catalog: CatalogReader, cable_id: str, locator: str | None) -> None:
    if catalog.reader.owner and (stone := Tombstones(catalog).of(cable_id, locator)) is not None:
        raise Withdrawn(str(stone))
