from typing import Any

from api.mcp.texts import (
    answer_text,
    cable_text,
    checked_text,
    cited_text,
    no_answer_text,
    paragraph_text,
    passages_text,
    references_text,
    resolved_text,
    scan_text,
    timeline_text,
    unresolved_text,
)

ANSWER: dict[str, Any] = {
    "answer": "It was lit. [QUILL 12 ¶1]",
    "abstained": False,
    "reason": None,
    "closest": [],
    "citations": [{"key": "08QUILL12#1", "citation": "QUILL 12 ¶1", "quote": "was lit"}],
}
PARAGRAPH = {"citation": "QUILL 12 ¶1", "marking": "C", "layout": "A lantern\nwas lit."}


def test_an_answer_names_its_sources_and_their_words() -> None:
    assert answer_text(ANSWER) == 'It was lit. [QUILL 12 ¶1]\n\nSources:\n- QUILL 12 ¶1 (08QUILL12#1): "was lit"'
    assert answer_text({**ANSWER, "reason": "the model failed"}).endswith("\n\nNote: the model failed")


def test_an_abstention_names_its_reason_and_the_closest_paragraphs() -> None:
    answer = {**ANSWER, "abstained": True, "answer": "", "reason": "nothing is near", "closest": ["08QUILL12#1"]}
    assert answer_text(answer) == no_answer_text(answer)
    assert no_answer_text(answer) == "No answer: nothing is near.\nClosest paragraphs: 08QUILL12#1"
    passages = {**answer, "answer": ANSWER["answer"]}
    assert no_answer_text(passages) == f"Closest passages, not an answer: nothing is near.\n\n{ANSWER['answer']}"


def test_results_are_numbered() -> None:
    passage = {
        "citation": "QUILL 12 ¶1",
        "key": "08QUILL12#1",
        "date": "2008-08-28T13:37:00Z",
        "subject": "LIGHTS",
        "text": "A lantern.",
    }
    assert passages_text([passage, {**passage, "date": None}]) == (
        "1. QUILL 12 ¶1 (08QUILL12#1), 2008-08-28, LIGHTS\nA lantern.\n\n"
        "2. QUILL 12 ¶1 (08QUILL12#1), no date, LIGHTS\nA lantern."
    )
    assert passages_text([]) == "Nothing in the archive matches."


def test_a_scan_tells_its_totals_before_its_hits() -> None:
    hit = {"citation": "QUILL 12 ¶1", "key": "08QUILL12#1", "date": "2008-08-28T13:37:00Z", "snippet": "A lantern."}
    page = {
        "total": 1200,
        "undated": 1,
        "by_month": [
            {"value": "2007-12", "count": 9},
            {"value": "2008-01", "count": 1000},
            {"value": "2008-02", "count": 190},
        ],
        "by_post": [{"value": "QUILL", "count": 1000}, {"value": "ROOK", "count": 200}],
        "hits": [hit, hit | {"date": None}],
        "next": "abc",
    }
    assert scan_text(page) == (
        "1,200 paragraphs, 1 of them undated.\nBy year: 2007: 9, 2008: 1,190.\nBy post: QUILL: 1,000, ROOK: 200.\n"
        "- QUILL 12 ¶1 (08QUILL12#1), 2008-08-28: A lantern.\n"
        "- QUILL 12 ¶1 (08QUILL12#1), no date: A lantern.\n"
        "More with cursor abc"
    )
    assert scan_text(page | {"total": 0}) == "No paragraph holds that."


def test_a_cable_lists_the_fields_that_have_a_value() -> None:
    cable = {
        "label": "QUILL 12",
        "id": "08QUILL12",
        "date": None,
        "origin": "QUILL",
        "classification": "SECRET",
        "caveats": [],
        "subject": "LIGHTS",
        "tags": ["PREL", "ETRD"],
        "references": [],
        "paragraphs": [PARAGRAPH],
    }
    assert cable_text(cable) == (
        "QUILL 12\nid: 08QUILL12\norigin: QUILL\nclassification: SECRET\nsubject: LIGHTS\ntags: PREL, ETRD\n\n"
        "QUILL 12 ¶1 (C)\nA lantern\nwas lit."
    )


def test_a_paragraph_keeps_its_layout() -> None:
    assert paragraph_text({**PARAGRAPH, "marking": None}) == "QUILL 12 ¶1\nA lantern\nwas lit."


def test_references_say_which_cables_are_not_in_the_archive() -> None:
    held = {"cable_id": "08ROOK2", "date": "2008-09-01T00:00:00Z", "subject": "BELLS", "in_archive": True}
    graph = {
        "cable_id": "08QUILL12",
        "outgoing": [held, {"cable_id": "08STATE9", "date": None, "subject": None, "in_archive": False}],
        "incoming": [],
    }
    assert references_text(graph) == (
        "08QUILL12\nrefers to:\n- 08ROOK2 2008-09-01 BELLS\n- 08STATE9 (not held)\nis referred to by: none"
    )


def test_a_table_is_told_in_lines_with_its_rule() -> None:
    table = {"columns": ["cable", "date"], "rows": [["08QUILL1", None]], "complete": True, "rule": "cables from Quill"}
    answer = {"answer": "1 cable.", "abstained": False, "reason": None, "citations": [], "table": table}
    assert answer_text(answer) == "1 cable.\n\ncable · date\n08QUILL1\nCounted: cables from Quill."


def test_a_citation_comes_with_how_the_text_points_to_it() -> None:
    assert cited_text({"text": "Embassy. “Lights.”", "in_text": "(Embassy, par. 1)"}).endswith("\n(Embassy, par. 1)")
    assert cited_text({"text": "A note.", "in_text": None}) == "A note."


def test_a_checked_draft_says_what_is_wrong() -> None:
    difference = {"draft": "lit", "source": "dark", "start": 1, "end": 4}
    quoted = {"text": "“lit”", "status": "differs", "differences": [difference]}
    right = {"text": "QUILL 12 ¶1", "status": "ok", "key": "08QUILL12#1", "suggestions": [], "quotations": [quoted]}
    near = [{"citation": "QUILL 12", "key": "08QUILL12"}]
    wrong = {"text": "QUIL 12", "status": "unknown", "key": None, "suggestions": near, "quotations": []}
    assert checked_text({"citations": [right, wrong]}) == (
        "- QUILL 12 ¶1 (08QUILL12#1): ok\n  “lit”: differs: “lit” for “dark”\n"
        "- QUIL 12: unknown; perhaps QUILL 12 (08QUILL12)"
    )
    assert checked_text({"citations": []}) == "The draft cites no cable."


def test_a_citation_is_resolved_or_brings_what_is_near() -> None:
    meant = {"citation": "QUILL 12 ¶1", "key": "08QUILL12#1", "cable_id": "08QUILL12"}
    assert resolved_text({"citation": "quill 12/1", "resolved": meant}) == "QUILL 12 ¶1 (08QUILL12#1)"
    cable = {"citation": "QUILL 12", "key": None, "cable_id": "08QUILL12"}
    unknown = {"citation": "quil 12", "resolved": None, "suggestions": [cable]}
    assert resolved_text(unknown) == unresolved_text(unknown)
    assert unresolved_text(unknown) == "the archive holds no 'quil 12'; near it: QUILL 12 (08QUILL12)"


def test_months_are_counted() -> None:
    months = [{"month": "2008-01", "paragraphs": 1200}, {"month": "2008-03", "paragraphs": 1}]
    assert timeline_text(months) == "2008-01: 1,200, 2008-03: 1"
    assert timeline_text([]) == "No dated paragraph matches."
