"""Bodies of the routes that cite and check."""

from typing import Literal

from pydantic import BaseModel, Field

from api.http.schemas import StrictBody
from rag.checking.draft_citations import MOST_CHARACTERS
from rag.citing.citation_style import CitationStyle


class CitedBody(BaseModel):
    """A cable or paragraph cited in a style; `in_text` is how the text points to it, where the style has that (MLA)."""

    key: str
    style: CitationStyle
    text: str
    in_text: str | None


class CheckRequest(StrictBody):
    """A draft: plain text or Markdown."""

    text: str = Field(description=f"At most {MOST_CHARACTERS:,} characters.")


class SuggestedBody(BaseModel):
    """A paragraph, or a cable by its id, that may have been meant."""

    key: str
    citation: str
    url: str


class DifferenceBody(BaseModel):
    """Words of the draft, at [start, end) of it, that the source has otherwise."""

    draft: str
    source: str
    start: int
    end: int


class QuotationBody(BaseModel):
    """A quotation beside a citation; `keys` are of the paragraphs that have it, or with which it was compared."""

    start: int
    end: int
    text: str
    status: Literal["exact", "differs", "elsewhere", "absent"]
    differences: list[DifferenceBody]
    keys: list[str]


class CheckedCitationBody(BaseModel):
    """A citation of the draft, what it means or may mean, and the quotations beside it; `quotation` is the worst."""

    start: int
    end: int
    text: str
    status: Literal["ok", "unknown", "ambiguous"]
    key: str | None
    citation: str | None
    url: str | None
    keys: list[str]
    suggestions: list[SuggestedBody]
    quotation: QuotationBody | None
    quotations: list[QuotationBody]


class CheckedDraftBody(BaseModel):
    """The citations of a draft, in order."""

    citations: list[CheckedCitationBody]
