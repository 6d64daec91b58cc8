"""Bodies of the routes of kept answers."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.http.schemas import AnswerFields, AskBody, CitationBody, SentenceBody
from rag.domain.kept_answer import MOST_NOTE


class NoteRequest(BaseModel):
    """A note in place of the one there is."""

    model_config = ConfigDict(extra="forbid")

    note: Annotated[str, Field(max_length=MOST_NOTE)]


class ListedAnswerBody(BaseModel):
    """A kept answer without its words; `by` is the name of the key that kept it, or `owner`."""

    id: str
    question: str
    note: str
    kept: str
    by: str


class KeptPageBody(BaseModel):
    """A page of kept answers, the latest first; `next` is the cursor of the page behind it."""

    answers: list[ListedAnswerBody]
    next: str | None


class KeptCitationBody(CitationBody):
    """A citation, and whether its source is as it was; `sha256` is of the paragraph's text as it was shown."""

    status: Literal["unchanged", "changed", "gone"]
    sha256: str | None


class KeptFiltersBody(BaseModel):
    post: list[str]
    tag: list[str]
    classification: list[str]
    date_from: str | None
    date_to: str | None


class KeptQuestionBody(BaseModel):
    """A question as it was typed, and what it was asked under."""

    question: str
    filters: KeptFiltersBody
    dismissed: list[str]


class KeptAnswerBody(AnswerFields):
    """A kept answer as the sender may see it now; `withheld` counts the sentences left out."""

    citations: list[KeptCitationBody]
    note: str
    kept: str
    by: str
    asked: KeptQuestionBody
    withheld: int


class SentencesDifferenceBody(BaseModel):
    added: list[SentenceBody]
    removed: list[SentenceBody]
    same: list[SentenceBody]


class SourceBody(BaseModel):
    key: str
    citation: str


class CitationsDifferenceBody(BaseModel):
    added: list[SourceBody]
    removed: list[SourceBody]


class AskedAgainBody(BaseModel):
    """The answer of today, which is not kept, and what differs from the kept one."""

    answer: AskBody
    sentences: SentencesDifferenceBody
    citations: CitationsDifferenceBody
