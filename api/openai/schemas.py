"""Bodies of the OpenAI-compatible routes (https://platform.openai.com/docs/api-reference/chat)."""

from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from api.http.schemas import AskBody, ChatFilters, ChatMessage, ChatRequest
from api.openai.refusals import MODEL, check_format, check_model, check_one

_TEXTS = ("text", "input_text", "output_text")


class ContentPart(BaseModel):
    """A piece of a message; only pieces of text are read."""

    model_config = ConfigDict(extra="ignore")

    type: str
    text: str | None = None


class CompletionMessage(BaseModel):
    """One turn of a conversation. Turns of the roles system, developer and tool are passed over."""

    model_config = ConfigDict(extra="ignore")

    role: str = Field(max_length=32)
    content: str | list[ContentPart | None] | None = None

    @property
    def text(self) -> str:
        """The words of the turn."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part and part.type in _TEXTS and part.text)
        return self.content or ""


class StreamOptions(BaseModel):
    """What a stream holds beside the answer."""

    model_config = ConfigDict(extra="ignore")

    include_usage: bool = False


class OutputFormat(BaseModel):
    """The form of an answer: text."""

    model_config = ConfigDict(extra="ignore")

    type: str = "text"


class CompletionRequest(BaseModel):
    """A chat completion request; parameters that are not listed are accepted and ignored."""

    model_config = ConfigDict(
        extra="ignore",
        json_schema_extra={
            "example": {"model": MODEL, "messages": [{"role": "user", "content": "What did the ferry inquiry find?"}]}
        },
    )

    messages: list[CompletionMessage] = Field(min_length=1, max_length=200)
    model: str = Field(MODEL, max_length=200)
    stream: bool | None = False
    stream_options: StreamOptions | None = None
    n: int | None = Field(None, description="1: there is one answer to a question.")
    response_format: OutputFormat | None = Field(None, description="Of the type `text`.")
    filters: ChatFilters | None = Field(None, description="What the search is narrowed to; an extension.")

    def conversation(self) -> ChatRequest:
        """The same as the service's own chat request.

        Raises:
            RequestRefused: it asks for what the service does not have.
        """
        check_model(self.model)
        check_one("n", self.n)
        check_format("response_format", self.response_format.type if self.response_format else None)
        return chat_request(self.messages, self.filters)


def chat_request(messages: Iterable[CompletionMessage], filters: ChatFilters | None) -> ChatRequest:
    """The turns of user and assistant as the service's own chat request."""
    roles: dict[str, Literal["user", "assistant"]] = {"user": "user", "assistant": "assistant"}
    turns = [ChatMessage(role=roles[item.role], content=item.text) for item in messages if item.role in roles]
    return ChatRequest.model_construct(messages=turns, filters=filters or ChatFilters(), stream=False)


class PlaceBody(BaseModel):
    """A citation in the text at [start_index, end_index), in characters; `url` is the page of what it cites."""

    start_index: int
    end_index: int
    title: str
    url: str


class AnnotationBody(BaseModel):
    type: Literal["url_citation"]
    url_citation: PlaceBody


class AnswerMessage(BaseModel):
    """The answer as text, with citations in square brackets."""

    role: Literal["assistant"]
    content: str
    annotations: list[AnnotationBody]


class Choice(BaseModel):
    index: int
    message: AnswerMessage
    finish_reason: Literal["stop"]


class Usage(BaseModel):
    """Tokens as the language model reported them, or estimated from the messages and the answer."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int
    source: Literal["model", "estimate"]


class Completion(BaseModel):
    """A chat completion; `cables` is the whole ask object: citations with quotes, and what was searched."""

    id: str
    object: Literal["chat.completion"]
    created: int
    model: str
    choices: list[Choice]
    usage: Usage
    cables: AskBody


class ModelBody(BaseModel):
    """What answers."""

    id: str
    object: Literal["model"]
    created: int
    owned_by: str


class ModelList(BaseModel):
    """The models there are: one."""

    object: Literal["list"]
    data: list[ModelBody]
