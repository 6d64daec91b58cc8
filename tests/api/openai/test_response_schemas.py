from typing import Any

import pytest

from api.openai.refusals import RequestRefused
from api.openai.response_schemas import ResponseRequest

EARLIER = {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "It was lit."}]}
QUESTION = {"role": "user", "content": [{"type": "input_text", "text": "When?"}, {"type": "input_image"}, None]}


def turns(**body: Any) -> list[tuple[str, str]]:
    chat = ResponseRequest.model_validate(body).chat()
    return [(message.role, message.content) for message in chat.messages]


def test_the_input_is_a_question_or_a_conversation() -> None:
    assert turns(input="Was it lit?") == [("user", "Was it lit?")]
    items = [{"role": "developer", "content": "Be brief."}, EARLIER, {"type": "reasoning", "summary": []}, QUESTION]
    assert turns(input=items, instructions="Say HELLO") == [("assistant", "It was lit."), ("user", "When?")]


@pytest.mark.parametrize(
    ("param", "value"),
    [
        ("model", "gpt"),
        ("previous_response_id", "resp_1"),
        ("conversation", "conv_1"),
        ("prompt", {"id": "p"}),
        ("background", True),
    ],
)
def test_what_is_not_there_is_refused(param: str, value: object) -> None:
    with pytest.raises(RequestRefused) as refused:
        turns(**{"input": "Was it lit?", param: value})
    assert refused.value.param == param


def test_a_form_other_than_text_is_refused() -> None:
    assert turns(input="Was it lit?", text={"format": {"type": "text"}, "verbosity": "low"})
    with pytest.raises(RequestRefused, match="json_schema"):
        turns(input="Was it lit?", text={"format": {"type": "json_schema", "schema": {}}})
