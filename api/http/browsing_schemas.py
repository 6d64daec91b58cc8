"""Bodies of the routes that lead through the archive."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Key = Annotated[str, Field(max_length=80)]


class ListedCableBody(BaseModel):
    """A cable without its paragraphs; fields that are not for the sender are null or empty."""

    id: str
    label: str
    post: str
    date: str | None
    subject: str | None
    classification: str | None
    caveats: list[str]
    tags: list[str]


class CountBody(BaseModel):
    value: str
    count: int


class FacetsBody(BaseModel):
    """How many cables there are of each kind, under the conditions on the other kinds."""

    post: list[CountBody]
    year: list[CountBody]
    tag: list[CountBody]
    classification: list[CountBody]


class CablesBody(BaseModel):
    """A page of cables, oldest first; `next` is the cursor of the page behind it."""

    cables: list[ListedCableBody]
    facets: FacetsBody
    next: str | None


class MeantBody(BaseModel):
    """A cable (`key` null) or a paragraph of it."""

    cable_id: str
    key: str | None
    citation: str
    url: str


class ResolvedBody(BaseModel):
    """What a citation means; where that is open, what it may mean."""

    citation: str
    resolved: MeantBody | None
    suggestions: list[MeantBody]


class ReferenceBody(BaseModel):
    """A cable at the other end of a reference."""

    cable_id: str
    citation_label: str
    in_archive: bool
    subject: str | None
    date: str | None


class ReferencesBody(BaseModel):
    """The cables that a cable refers to, and those that refer to it."""

    cable_id: str
    outgoing: list[ReferenceBody]
    incoming: list[ReferenceBody]


class MonthBody(BaseModel):
    month: str
    paragraphs: int


class FeedbackRequest(BaseModel):
    """What a reader says of an answer."""

    model_config = ConfigDict(extra="forbid")

    question: str = Field(min_length=1, max_length=4000, examples=["Who asked for the fishing boat back?"])
    verdict: Literal["up", "down"]
    reason: str | None = Field(None, max_length=4000)
    citations: list[Annotated[str, Field(max_length=80)]] = Field(
        default=[], max_length=100, examples=[["08TOKYO2367#3"]]
    )
    answer: str | None = Field(None, max_length=20_000)


class FeedbackBody(BaseModel):
    id: str
