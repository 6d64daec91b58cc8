from tests.api.openai.answers import meter


def test_what_the_model_reports_is_told() -> None:
    usage = meter(120, 7).usage("It was lit.")
    assert (usage.read, usage.written, usage.source) == (120, 7, "model")
    assert usage.of_completion() == {
        "prompt_tokens": 120,
        "completion_tokens": 7,
        "total_tokens": 127,
        "source": "model",
    }


def test_without_a_model_tokens_are_estimated_and_said_to_be() -> None:
    usage = meter().usage("It was lit. It is out.")
    assert (usage.read, usage.written) == (4, 8)  # words and signs
    response = usage.of_response()
    assert (response["input_tokens"], response["output_tokens"], response["total_tokens"]) == (4, 8, 12)
    assert response["source"] == "estimate"


def test_a_long_text_is_counted_whole() -> None:
    assert meter().usage("lamp " * 2000).written == 2000
