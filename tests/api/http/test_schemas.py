"""Bodies with fields that do not exist are refused, with the name that was meant."""

from typing import Any

import pytest
from pydantic import ValidationError

from api.http.schemas import ChatFilters, ChatRequest

MESSAGES = [{"role": "user", "content": "Is it lit?"}]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"messages": MESSAGES, "filter": {}}, "unknown field 'filter'; did you mean filters?"),
        ({"messages": MESSAGES, "zzz": 1}, "the fields are messages, filters, dismissed, stream"),
        ({"messages": [{"role": "user", "contents": "x"}]}, "did you mean content?"),
        ({"messages": MESSAGES, "filters": {"post": [], "datefrom": "2008-01-01"}}, "did you mean date_from?"),
    ],
)
def test_an_unknown_field_is_refused(body: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError) as refused:
        ChatRequest.model_validate(body)
    assert words in str(refused.value)


def test_each_name_of_a_field_is_known() -> None:
    one, other = (ChatFilters.model_validate({name: "tokyo"}) for name in ("post", "posts"))
    assert one == other
    assert ChatRequest.model_validate({"messages": MESSAGES}).filters == ChatFilters()
