"""Bodies of the browsing routes."""

from pydantic import BaseModel


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
    """A page of cables, oldest first; `total` counts all pages, `next` is the cursor of the page behind it."""

    total: int
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
