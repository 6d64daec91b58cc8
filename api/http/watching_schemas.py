"""Bodies of the routes of saved searches."""

from pydantic import BaseModel, Field

from api.http.scanning_schemas import ScanBody
from api.http.schemas import ChatFilters, StrictBody
from rag.query.scan_reader import MOST_SCANNED


class WatchRequest(StrictBody):
    """A search to save."""

    query: str = Field(max_length=MOST_SCANNED, description="As `GET /scan` reads it.", examples=['"fishing quota*"'])
    name: str | None = Field(None, max_length=200, description="The query where none is given.")
    filters: ChatFilters = ChatFilters()


class SeenRequest(StrictBody):
    """What was seen: the hits of pages with this `mark`, or all there are."""

    mark: int | None = Field(None, ge=0, le=2**62)


class WatchFiltersBody(BaseModel):
    post: list[str]
    tag: list[str]
    classification: list[str]
    date_from: str | None
    date_to: str | None


class WatchBody(BaseModel):
    """A saved search.

    `new` is how many hits came since they were last seen; null, with the reason as `problem`, where they cannot be
    counted. `feed` says whether its feed has an address with a token.
    """

    id: str
    name: str
    query: str
    filters: WatchFiltersBody
    made: str
    feed: bool
    new: int | None
    problem: str | None


class WatchesBody(BaseModel):
    """Saved searches, oldest first."""

    watches: list[WatchBody]


class NewHitsBody(ScanBody):
    """A page of the new hits of a saved search, oldest cable first; the counts are of all that are new."""

    watch: WatchBody
    mark: int


class FeedBody(BaseModel):
    """The address of a feed, for whoever has it; it is shown this once."""

    url: str
