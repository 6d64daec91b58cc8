"""Bodies of `/v1/responses` (https://platform.openai.com/docs/api-reference/responses)."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.http.schemas import AskBody, ChatFilters, ChatRequest
from api.openai.refusals import MODEL, check_format, check_model, check_unset
from api.openai.schemas import CompletionMessage, OutputFormat, PlaceBody, chat_request

_SEND_ALL = "responses are not kept: send the messages before the question in input"


class InputItem(CompletionMessage):
    """A message of the input; items of other types, which have no role, are passed over."""

    role: str = Field("", max_length=32)


class TextOptions(BaseModel):
    """How the text is to be formed."""

    model_config = ConfigDict(extra="ignore")

    format: OutputFormat | None = None


class ResponseRequest(BaseModel):
    """A request for a response; parameters that are not listed, `instructions` among them, are accepted and ignored."""

    model_config = ConfigDict(
        extra="ignore",
        json_schema_extra={"example": {"model": MODEL, "input": "What did the ferry inquiry find?"}},
    )

    input: str | list[InputItem] = Field(description="The question, or a conversation whose last user message it is.")
    model: str = Field(MODEL, max_length=200)
    stream: bool | None = False
    text: TextOptions | None = None
    previous_response_id: str | None = Field(None, description="Refused: responses are not kept.")
    conversation: Any = Field(None, description="Refused: responses are not kept.")
    prompt: Any = Field(None, description="Refused: there are no prompt templates.")
    background: bool | None = Field(None, description="Refused if true.")
    filters: ChatFilters | None = Field(None, description="What the search is narrowed to; an extension.")

    def chat(self) -> ChatRequest:
        """The same as the service's own chat request.

        Raises:
            RequestRefused: it asks for what the service does not have.
        """
        check_model(self.model)
        chosen = self.text.format if self.text else None
        check_format("text.format", chosen.type if chosen else None)
        check_unset("previous_response_id", self.previous_response_id, _SEND_ALL)
        check_unset("conversation", self.conversation, _SEND_ALL)
        check_unset("prompt", self.prompt, "put the question in input")
        check_unset("background", self.background, "wait for the answer, or stream it")
        messages = [InputItem(role="user", content=self.input)] if isinstance(self.input, str) else self.input
        return chat_request(messages, self.filters)


class UrlCitationBody(PlaceBody):
    type: Literal["url_citation"]


class OutputTextBody(BaseModel):
    """The answer as text, with citations in square brackets."""

    type: Literal["output_text"]
    text: str
    annotations: list[UrlCitationBody]
    logprobs: list[Any]


class OutputMessageBody(BaseModel):
    id: str
    type: Literal["message"]
    role: Literal["assistant"]
    status: Literal["completed"]
    content: list[OutputTextBody]


class ResponseUsageBody(BaseModel):
    """Tokens as the language model reported them, or estimated from the messages and the answer."""

    input_tokens: int
    input_tokens_details: dict[str, int]
    output_tokens: int
    output_tokens_details: dict[str, int]
    total_tokens: int
    source: Literal["model", "estimate"]


class ResponseBody(BaseModel):
    """A response; `cables` is the whole ask object: citations with quotes, and what was searched."""

    id: str
    object: Literal["response"]
    created_at: int
    status: Literal["completed"]
    error: None
    incomplete_details: None
    instructions: None
    model: str
    output: list[OutputMessageBody]
    parallel_tool_calls: bool
    previous_response_id: None
    text: dict[str, Any]
    tool_choice: str
    tools: list[Any]
    usage: ResponseUsageBody
    cables: AskBody
