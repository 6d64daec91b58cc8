"""Request bodies and responses of the HTTP service. The README documents them; tests hold them."""

from datetime import date
from difflib import get_close_matches
from typing import Annotated, Any, Literal

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from rag.domain.filters import Filters
from rag.errors import BadInput
from rag.query.conversation import Turn
from rag.query.query import MOST_CHARACTERS, Query, checked


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


class StrictBody(BaseModel):
    """A body that is refused with a field that it does not have: a misspelled one would be ignored in silence."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _refuse_unknown_fields(cls, value: object) -> object:
        known = dict.fromkeys(name for field in cls.model_fields.items() for name in _names(*field))
        for name in value if isinstance(value, dict) else ():
            if name not in known:
                near = get_close_matches(str(name), known, n=1)
                hint = f"did you mean {near[0]}?" if near else f"the fields are {', '.join(cls.model_fields)}"
                raise PydanticCustomError(
                    "unknown_field", "{text}", {"text": f"unknown field {str(name)[:40]!r}; {hint}"}
                )
        return value


def _names(name: str, field: FieldInfo) -> list[str]:
    """The names under which a body may have a field."""
    alias = field.validation_alias
    return [name, *(map(str, alias.choices) if isinstance(alias, AliasChoices) else ())]


Listed = Annotated[list[Annotated[str, Field(max_length=64)]], BeforeValidator(_listed), Field(max_length=50)]


class ChatFilters(StrictBody):
    """What the search is narrowed to. Lists take one value or several; the dates are days, included."""

    post: Listed = Field(default=[], validation_alias=AliasChoices("post", "posts"), examples=[["TOKYO"]])
    tag: Listed = Field(default=[], validation_alias=AliasChoices("tag", "tags"), examples=[["PREL"]])
    classification: Listed = Field(
        default=[], validation_alias=AliasChoices("classification", "classifications"), examples=[["CONFIDENTIAL"]]
    )
    date_from: date | None = Field(None, examples=["2008-01-01"])
    date_to: date | None = Field(None, examples=["2008-12-31"])

    def filters(self) -> Filters:
        """The same as the domain's filters."""
        return Filters.of(self.post, self.tag, self.date_from, self.date_to, self.classification)


class ChatMessage(StrictBody):
    """One turn of a conversation."""

    role: Literal["user", "assistant", "system"]
    content: str
    question: Annotated[str, Field(max_length=MOST_CHARACTERS)] | None = Field(
        None,
        description="Of an assistant's message, if at hand: `question` of the answer, which a follow-up builds on.",
    )


class ChatRequest(StrictBody):
    """A conversation whose last user message is the question, and the filters it runs under."""

    messages: list[ChatMessage] = Field(min_length=1, max_length=200)
    filters: ChatFilters = ChatFilters()
    dismissed: list[
        Literal["post", "tag", "classification", "date_from", "date_to", "date", "spelling", "language", "cable"]
    ] = Field([], description="Conditions not to be read from the question.")
    stream: bool = Field(False, description="Answer as server-sent events.")
    keep: bool = Field(False, description="Keep the answer: it then has an `id`.")

    def query(self) -> Query:
        """The last user message as the question, with the messages before it as earlier turns.

        Raises:
            BadInput: there is no user message, or the question is empty or too long.
        """
        last = max((index for index, message in enumerate(self.messages) if message.role == "user"), default=None)
        if last is None:
            raise BadInput("messages holds no message of role user; put the question there")
        turns = tuple(Turn(message.role, message.content, message.question) for message in self.messages[:last])
        question = checked(self.messages[last].content)
        return Query(question, self.filters.filters(), frozenset(self.dismissed), turns)


class SentenceBody(BaseModel):
    text: str
    citations: list[str]
    supported: bool
    missing: list[str] = []


class CitationBody(BaseModel):
    key: str
    citation: str
    quote: str
    start: int
    end: int
    url: str


class FilterBody(BaseModel):
    field: str
    value: str
    soft: bool


class TableBody(BaseModel):
    """What a question of the catalog counts or lists; `rule` says in one line what."""

    columns: list[str]
    rows: list[list[str | int | None]]
    complete: bool
    rule: str


class AnswerFields(BaseModel):
    """An answer without its citations; `id` is there where it is kept."""

    question: str
    answer: str
    mode: Literal["llm", "extractive"]
    abstained: bool
    reason: str | None
    sentences: list[SentenceBody]
    retrieved: list[str]
    closest: list[str]
    filters: list[FilterBody]
    searched: dict[str, Any]
    trace: dict[str, Any]
    timings_ms: dict[str, float]
    kind: Literal["content", "cable", "catalog", "talk"]
    table: TableBody | None
    unanswered: list[str]
    id: str | None = None


class AskBody(AnswerFields):
    """An answer with its proof."""

    citations: list[CitationBody]


class SearchBody(BaseModel):
    """One search result."""

    key: str
    citation: str
    cable_id: str
    date: str | None
    subject: str | None
    heading: str | None
    marking: str | None
    text: str
    score: float


class ParagraphBody(BaseModel):
    """One citable paragraph."""

    key: str
    citation: str
    number: int | None
    marking: str | None
    effective_marking: str | None
    heading: str | None
    text: str
    layout: str


class RecipientBody(BaseModel):
    kind: str
    name: str
    precedence: str | None


class CableBody(BaseModel):
    """A whole cable."""

    id: str
    label: str
    post: str
    date: str | None
    dtg: str | None
    classification: str | None
    caveats: list[str]
    declassify_on: str | None
    origin: str | None
    subject: str | None
    subject_marking: str | None
    tags: list[str]
    references: list[str]
    classified_by: list[str]
    signers: list[str]
    recipients: list[RecipientBody]
    summary_key: str | None
    source: str
    variants: list[str]
    duplicates: list[str]
    paragraphs: list[ParagraphBody]
    problems: list[str]


class ReadyBody(BaseModel):
    """What a ready service holds for the sender; null for a sender without a key."""

    status: Literal["ready"]
    cables: int | None
    paragraphs: int | None
    encoder: str | None = None
    """What the encoder is computed with."""
    graph: str | None = None
    """What is wrong with Chroma's graph, where it is damaged; searches use the flat index alone then."""
