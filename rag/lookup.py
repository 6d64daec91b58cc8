"""Opening what somebody cites: one paragraph or a whole cable, from the catalog alone."""

from dataclasses import dataclass

from rag.cable import Cable, Paragraph
from rag.catalog_reader import CatalogReader
from rag.citation import read_citation
from rag.errors import Ambiguous, BadInput, NotFound
from rag.named import no_such_paragraph
from rag.paragraph_key import ParagraphKey


@dataclass(frozen=True, slots=True)
class Opened:
    """A cable, the paragraph cited (None for the whole cable), and whether its label needs the year."""

    cable: Cable
    paragraph: Paragraph | None
    with_year: bool


def open_citation(catalog: CatalogReader, text: str) -> Opened:
    """Open a citation in any spelling people type.

    Raises:
        BadInput: the text is not a citation.
        Ambiguous: several cables answer to it; the message lists them.
        NotFound: the archive has no such cable or paragraph.
    """
    typed = read_citation(text)
    if typed is None:
        raise BadInput(f"not a citation: {text[:60]!r}; write it like TOKYO 2367 ¶3 or 08TOKYO2367#3")
    ids = catalog.resolve(typed)
    if not ids:
        raise NotFound(f"the archive holds no cable {' '.join(typed.words)} {typed.serial}")
    if len(ids) > 1:
        raise Ambiguous(f"{text.strip()} could be {' or '.join(ids)}; put the year in front")
    return open_paragraph(catalog, ids[0], None if typed.locator is None else str(typed.locator))


def open_paragraph(catalog: CatalogReader, cable_id: str, locator: str | None) -> Opened:
    """Open a cable by its id and, unless `locator` is None, one of its paragraphs (`3`, `5~2`, `0`, `u1`).

    Raises:
        NotFound: the archive has no such cable or paragraph.
    """
    cable = catalog.cable(cable_id)
    if cable is None:
        raise NotFound(f"the archive holds no cable {cable_id}")
    with_year = bool(catalog.shared_labels([cable_id]))
    if locator is None:
        return Opened(cable, None, with_year)
    key = ParagraphKey.parse(f"{cable_id}#{locator}")
    paragraph = next((each for each in cable.paragraphs if each.key == key), None)
    if paragraph is None:
        raise NotFound(no_such_paragraph(cable, str(key)))
    return Opened(cable, paragraph, with_year)
