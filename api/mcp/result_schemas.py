"""Objects of tools that differ from those of the routes: output schemas are JSON objects, never lists."""

from pydantic import BaseModel, ConfigDict, RootModel

from api.http.browsing_schemas import CountBody, FacetsBody, MonthBody
from api.http.schemas import CableBody, ParagraphBody, SearchBody


class SearchResults(BaseModel):
    """Paragraphs, best first."""

    results: list[SearchBody]


class TimelineResult(BaseModel):
    """Months with matching paragraphs, oldest first; months without any are left out."""

    months: list[MonthBody]


class ReadResult(RootModel[CableBody | ParagraphBody]):
    """A whole cable, or one paragraph."""

    model_config = ConfigDict(json_schema_extra={"type": "object"})


class CountResult(BaseModel):
    """How many cables meet all conditions.

    `facets` counts each kind under the conditions on the other kinds, the most frequent values only.
    """

    total: int
    facets: FacetsBody


class TagResult(CountBody):
    """A TAG with its meaning, where it is a common one."""

    meaning: str | None


class NamesResult(BaseModel):
    """Posts and TAGS as the archive spells them, the most frequent first; the totals count those left out too."""

    posts_total: int
    posts: list[CountBody]
    tags_total: int
    tags: list[TagResult]
