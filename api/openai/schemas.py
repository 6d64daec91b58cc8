"""Bodies of the OpenAI-compatible routes (https://platform.openai.com/docs/api-reference/chat)."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.http.schemas import AskBody, ChatFilters, ChatMessage, ChatRequest

MODEL = "cables"
"""The only model; requests may name any other and get this one."""


class ContentPart(BaseModel):
    """A piece of a message; only pieces of text are read."""

    model_config = ConfigDict(extra="ignore")

    type: str
    text: str = ""


class CompletionMessage(BaseModel):
    """One turn of a conversation. Turns of the roles system, developer and tool are passed over."""

    model_config = ConfigDict(extra="ignore")

    role: str = Field(max_length=32)
    content: str | list[ContentPart] | None = None

    @property
    def text(self) -> str:
        """The words of the turn."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class StreamOptions(BaseModel):
    """What a stream holds beside the answer."""

    model_config = ConfigDict(extra="ignore")

    include_usage: bool = False


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
    filters: ChatFilters | None = Field(None, description="What the search is narrowed to; an extension.")

    def conversation(self) -> ChatRequest:
        """The same as the service's own chat request."""
        roles: dict[str, Literal["user", "assistant"]] = {"user": "user", "assistant": "assistant"}
        turns = [ChatMessage(role=roles[item.role], content=item.text) for item in self.messages if item.role in roles]
        return ChatRequest.model_construct(messages=turns, filters=self.filters or ChatFilters(), stream=False)


class AnswerMessage(BaseModel):
    """The answer as text, with citations in square brackets."""

    role: Literal["assistant"]
    content: str


class Choice(BaseModel):
    index: int
    message: AnswerMessage
    finish_reason: Literal["stop"]


class Usage(BaseModel):
    """Tokens are not billed, so not counted."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


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


ERROR_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "error": {
            "type": "object",
            "properties": {
                "message": {"type": "string"},
                "type": {"type": "string"},
                "param": {"type": ["string", "null"]},
                "code": {"type": ["string", "null"]},
            },
            "required": ["message", "type", "param", "code"],
        }
    },
    "required": ["error"],
}
"""JSON schema of an error's body."""
