"""A question as it comes in."""

from dataclasses import dataclass, field

from rag.domain.filters import Filters
from rag.errors import BadInput
from rag.query.conversation import Turn

MOST_CHARACTERS = 4000


@dataclass(frozen=True, slots=True)
class Query:
    """A question of 1 to 4,000 characters, the filters it runs under and the conversation before it, oldest first.

    `dismissed` are conditions the reader does not want read from the question: `post`, `tag`, `classification`,
    `date_from`, `date_to`, `date`, `spelling`, `language`, `cable`.
    """

    question: str
    filters: Filters = field(default_factory=Filters)
    dismissed: frozenset[str] = frozenset()
    turns: tuple[Turn, ...] = ()
    followed: frozenset[str] = frozenset()
    """Ids of the cables that the answer before it cites, for a follow-up; they are preferred."""
    left_out: frozenset[str] = frozenset()
    """Keys of paragraphs not to be found, as they were cited before."""


def checked(question: str) -> str:
    """The question without surrounding white space.

    Raises:
        BadInput: it is empty, or longer than `MOST_CHARACTERS`.
    """
    stripped = question.strip()
    if not stripped:
        raise BadInput("the question is empty; ask something, such as: what was decided about the port?")
    if len(stripped) > MOST_CHARACTERS:
        raise BadInput(f"the question has {len(stripped):,} characters; the most is {MOST_CHARACTERS:,}")
    return stripped
