"""A question's kind decides who answers it: the catalog, the cables it names, or a search for content.

Where the reading of its phrasing is unsure, or some of its words are not understood, it asks for content.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rag.domain.citation import find_citations
from rag.domain.filters import Filters
from rag.query.cable_question import CableQuestion, read_cable_question
from rag.query.catalog_question import CatalogQuestion, read_catalog_question
from rag.query.hard_filters import posts_not_held, reporters_then
from rag.query.phrasing import PhrasingReader


@dataclass(frozen=True, slots=True)
class QuestionKind:
    """What a question asks of the catalog or of the cables it names; neither where it asks for content.

    `absent` are the posts it asks cables of and of which the archive holds none; then there is nothing to search.
    """

    of_catalog: CatalogQuestion | None = None
    of_cable: CableQuestion | None = None
    absent: tuple[str, ...] = ()
    reported: Filters = field(default_factory=Filters)
    """The post and time whose own reporting a question for content asks for: without any, there is none to search."""


def read_kind(question: str, posts: Mapping[str, str], phrasings: PhrasingReader) -> QuestionKind:
    """The kind of a question that stands on its own.

    `posts` maps the archive's posts, as ids spell them, to their names.
    """
    if of_cable := read_cable_question(question, posts, phrasings):
        return QuestionKind(of_cable=of_cable)
    cites_paragraph = any(typed.locator is not None for typed in find_citations(question))
    of_catalog = None if cites_paragraph else read_catalog_question(question, posts, phrasings)
    if of_catalog is not None:
        conditions = of_catalog.conditions
        return QuestionKind(of_catalog, absent=() if conditions.filters.posts else conditions.absent)
    return QuestionKind(absent=posts_not_held(question, posts), reported=reporters_then(question, posts))
