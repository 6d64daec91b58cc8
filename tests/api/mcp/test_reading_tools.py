import pytest

from tests.api.mcp.talking import call, called, text

KEY, CITATION = "07QUILLHAVEN2340#5", "QUILLHAVEN 2340 ¶5"


@pytest.mark.parametrize("citation", [KEY, CITATION, "quillhaven 2340 para 5"])
def test_a_paragraph_is_read_by_any_spelling(service: str, citation: str) -> None:
    assert called(service, "resolve", citation=citation)["resolved"]["key"] == KEY
    result = call(service, "read_cable", citation=citation)
    assert result.structured_content["key"] == KEY and CITATION in text(result)


def test_a_whole_cable_is_read(service: str) -> None:
    cable = called(service, "read_cable", citation="QUILLHAVEN 2340")
    assert KEY in [each["key"] for each in cable["paragraphs"]]


def test_a_citation_that_is_not_held_brings_suggestions(service: str) -> None:
    result = call(service, "resolve", citation="quilhaven 2340 ¶5")
    assert not result.is_error and result.structured_content["resolved"] is None
    assert f"{CITATION} ({KEY})" in text(result)


def test_references_are_followed(service: str) -> None:
    result = call(service, "follow_references", citation="QUILLHAVEN 2398")
    assert "07QUILLHAVEN2340" in [each["cable_id"] for each in result.structured_content["outgoing"]]
    assert "refers to" in text(result)


def test_what_is_written_is_cited_and_checked(service: str) -> None:
    cited = call(service, "cite", citation=CITATION, style="mla")
    assert cited.structured_content["key"] == KEY and cited.structured_content["text"] in text(cited)
    quoted = called(service, "read_cable", citation=KEY)["text"][:60].rpartition(" ")[0]
    checked = call(service, "check", text=f"As {CITATION} has it, “{quoted}”; but not NOWHERE 99 ¶1.")
    citations = checked.structured_content["citations"]
    assert [each["status"] for each in citations] == ["ok", "unknown"] and KEY in text(checked)
    assert citations[0]["quotation"]["status"] == "exact"


def test_what_is_wrong_is_explained(service: str) -> None:
    for tool, citation, words in (
        ("resolve", "nonsense", "TOKYO 2367 ¶3"),
        ("read_cable", "nonsense", "TOKYO 2367 ¶3"),
        ("read_cable", "NOWHERE 99", "NOWHERE 99"),
        ("follow_references", "08NOWHERE99", "08NOWHERE99"),
        ("cite", "NOWHERE 99 ¶1", "NOWHERE 99 ¶1"),
    ):
        result = call(service, tool, citation=citation)
        assert result.is_error and words in text(result), text(result)
