from http import HTTPStatus
from typing import Any

import pytest

from api.openai.refusals import RequestRefused, check_format, check_model, check_one, check_unset


@pytest.mark.parametrize(
    ("check", "arguments", "param", "code"),
    [
        (check_model, ("gpt",), "model", "model_not_found"),
        (check_one, ("n", 2), "n", "unsupported_value"),
        (check_one, ("n", 0), "n", "unsupported_value"),
        (check_format, ("response_format", "json_schema"), "response_format", "unsupported_value"),
        (check_unset, ("prompt", {"id": "p"}, "ask in input"), "prompt", "unsupported_parameter"),
    ],
)
def test_what_the_service_does_not_have_is_refused(
    check: Any, arguments: tuple[Any, ...], param: str, code: str
) -> None:
    with pytest.raises(RequestRefused) as refused:
        check(*arguments)
    assert (refused.value.param, refused.value.code) == (param, code)
    assert refused.value.status == (HTTPStatus.NOT_FOUND if param == "model" else HTTPStatus.BAD_REQUEST)


def test_what_changes_nothing_passes() -> None:
    check_model("cables")
    for number in (None, 1):
        check_one("n", number)
    for kind in (None, "text"):
        check_format("text.format", kind)
    for value in (None, False):
        check_unset("background", value, "")
