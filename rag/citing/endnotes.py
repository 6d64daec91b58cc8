"""An answer with numbered endnotes, each of which stands alone, for copying into a draft."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from rag.catalog.catalog_reader import CatalogReader
from rag.catalog.lookup import open_paragraph
from rag.citing.citable import Citable, Holding
from rag.citing.citation_text import CitationText
from rag.domain.paragraph_key import cable_id_of, locator_of
from rag.errors import NotFound


def with_endnotes(sentences: Iterable[tuple[str, Sequence[str]]], notes: Mapping[str, str]) -> str:
    """The sentences, each with its keys, followed by numbers in square brackets; then the notes by number.

    `notes` holds the citation of each key. A key without one is left out; one cited again keeps its number.
    """
    numbers: dict[str, int] = {}
    parts = []
    for text, keys in sentences:
        known = [key for key in dict.fromkeys(keys) if key in notes]
        marks = "".join(f"[{numbers.setdefault(key, len(numbers) + 1)}]" for key in known)
        parts.append(f"{text}{marks}")
    listed = [f"{number}. {notes[key]}" for key, number in numbers.items()]
    return "\n".join((" ".join(parts), *(("", *listed) if listed else ()))) + "\n"


def notes_of(
    catalog: CatalogReader, keys: Iterable[str], holding: Holding, cited: Callable[[Citable], CitationText]
) -> dict[str, str]:
    """The citation of each paragraph key and cable id, as far as the catalog's reader may see it."""
    notes: dict[str, str] = {}
    for key in dict.fromkeys(keys):
        try:
            opened = open_paragraph(catalog, cable_id_of(key), locator_of(key) or None)
        except NotFound:  # withdrawn since the answer was given
            continue
        notes[key] = cited(Citable.of(opened, holding)).text
    return notes
