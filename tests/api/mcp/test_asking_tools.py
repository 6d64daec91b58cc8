from tests.api.mcp.talking import call, called, text

QUESTION = "Whose idea was it to switch the Gannet Rock light back on?"


def test_an_answer_quotes_what_it_cites(service: str) -> None:
    result = call(service, "ask", question=QUESTION)
    answer = result.structured_content
    assert answer["citations"][0]["quote"] in text(result) and "¶" in text(result)


def test_search_gives_whole_paragraphs(service: str) -> None:
    result = call(service, "search_cables", query="Gannet Rock light", k=3)
    hits = result.structured_content["results"]
    assert len(hits) == 3 and hits[0]["key"] in text(result) and hits[0]["text"] in text(result)


def test_a_scan_goes_on_with_its_cursor(service: str) -> None:
    page = called(service, "scan", query='"gannet rock"', limit=2)
    assert page["total"] > len(page["hits"]) == 2
    behind = called(service, "scan", query='"gannet rock"', limit=2, cursor=page["next"])
    assert behind["hits"] and behind["hits"] != page["hits"]


def test_months_are_counted_under_filters(service: str) -> None:
    months = called(
        service, "timeline", query="port", post=["quillhaven"], date_from="2007-01-01", date_to="2007-12-31"
    )["months"]
    assert months and {each["month"][:4] for each in months} == {"2007"}
    result = call(service, "timeline", query="the of and")
    assert result.structured_content == {"months": []} and text(result) == "No dated paragraph matches."


def test_what_is_wrong_is_explained(service: str) -> None:
    for tool, arguments, words in (
        ("ask", {"question": "  "}, "empty"),
        ("search_cables", {"query": "light", "k": 1000}, "less than or equal to 100"),
        ("scan", {"query": "a OR"}, "OR stands between"),
        ("timeline", {"query": " "}, "empty"),
    ):
        result = call(service, tool, **arguments)
        assert result.is_error and words in text(result), text(result)
