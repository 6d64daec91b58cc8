"""A cable or paragraph cited in any style."""

import json
from dataclasses import dataclass

from rag.citing.bibtex import bibtex
from rag.citing.citable import Citable
from rag.citing.citation_style import CitationStyle
from rag.citing.csl import csl_item
from rag.citing.printed_styles import chicago_entry, chicago_note, mla
from rag.citing.ris import ris


@dataclass(frozen=True, slots=True)
class CitationText:
    """A source cited in a style; `in_text` is how the text points to it, where the style has that (MLA)."""

    key: str
    style: CitationStyle
    text: str
    in_text: str | None = None

    def json(self) -> dict[str, str | None]:
        """The object of the routes that cite."""
        return {"key": self.key, "style": self.style.value, "text": self.text, "in_text": self.in_text}


def cite_in(style: CitationStyle, citable: Citable) -> CitationText:
    """The citation of a cable or paragraph in this style."""
    match style:
        case CitationStyle.CHICAGO:
            return CitationText(citable.key, style, chicago_note(citable))
        case CitationStyle.CHICAGO_BIBLIOGRAPHY:
            return CitationText(citable.key, style, chicago_entry(citable))
        case CitationStyle.MLA:
            printed = mla(citable)
            return CitationText(citable.key, style, printed.listed, printed.cited)
        case CitationStyle.BIBTEX:
            return CitationText(citable.key, style, bibtex(citable))
        case CitationStyle.RIS:
            return CitationText(citable.key, style, ris(citable))
        case CitationStyle.CSL_JSON:
            return CitationText(citable.key, style, json.dumps([csl_item(citable)], ensure_ascii=False, indent=2))
