from api.mcp.tool_calls import tool_result
from tests.api.mcp.talking import call, text


def test_a_result_is_a_text_and_an_object() -> None:
    result = tool_result("One cable.", {"total": 1})
    assert text(result) == "One cable." and result.structured_content == {"total": 1}


def test_errors_of_the_service_are_the_tools(service: str) -> None:
    result = call(service, "ask", question=" ")
    assert result.is_error and "empty" in text(result)
