"""Bodies of the routes that tell of all that the archive holds: every hit of a scan, every gap in its serials."""

from pydantic import BaseModel

from api.http.browsing_schemas import CountBody


class ScanHitBody(BaseModel):
    """A paragraph that holds what was looked for; `spans` are the matches in `snippet`, as [start, end)."""

    key: str
    citation: str
    date: str | None
    subject: str | None
    snippet: str
    spans: list[tuple[int, int]]


class ScanBody(BaseModel):
    """A page of hits, oldest first; the counts are of all hits, `next` is the cursor of the page behind it."""

    total: int
    undated: int
    by_month: list[CountBody]
    by_post: list[CountBody]
    hits: list[ScanHitBody]
    next: str | None


class GapBody(BaseModel):
    """Serials that are missing, both ends included."""

    first: int
    last: int
    count: int


class PostYearBody(BaseModel):
    """The cables of one post with ids of one year.

    `missing` serials lie between the lowest and the highest held, in `gaps`; `lacking` cables are referred to by cables
    that are held, `lacking_cables` by how many. The last two are null where no post was asked for.
    """

    post: str
    year: int
    cables: int
    undated: int
    by_month: list[CountBody]
    lowest: int | None
    highest: int | None
    missing: int
    lacking: int
    gaps: list[GapBody] | None
    lacking_cables: list[CountBody] | None


class CoverageBody(BaseModel):
    """How many cables there are, and each year of each post."""

    cables: int
    undated: int
    years: list[PostYearBody]
