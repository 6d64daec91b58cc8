"""The file that an answer is saved as: all of it escaped, nothing of it loaded from elsewhere."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bs4 import BeautifulSoup

from api.http.saved_page import POLICY, saved_page
from rag.citing.source_excerpt import SourceExcerpt
from rag.domain.answer import Answer, Condition, Quote, Sentence
from rag.domain.answer_table import AnswerTable

EVIL = "<script>alert(1)</script><img src=https://evil.example/x onerror=\"alert('2')\">"
SAVED = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
ANSWER = Answer(
    "Who lit the lamp?",
    "extractive",
    (Sentence("Ann Lee lit it.", ("08QUILL1#1", "08QUILL2")), Sentence("A guess.", ("08QUILL1#1",), supported=False)),
    (Quote("08QUILL1#1", "QUILL 1 ¶1", "lit", 4, 7), Quote("08QUILL2", "QUILL 2", "", 0, 0)),
    filters=(Condition("post", "QUILL"), Condition("date", "2008", soft=True)),
    trace={"model": "a-model", "prompt_hash": "0f", "index": {"model": "MiniLM", "adapted": None}},
)
SOURCES = [
    SourceExcerpt("08QUILL1#1", "QUILL 1 ¶1", (("Ann ", False), ("lit", True), (" it.", False)),
                  ("as it was",), ("A LAMP", "1 May 2008"), "Quill, “A Lamp.”", "https://cables.example/read/08QUILL1#p1"),
    SourceExcerpt("08QUILL2", "QUILL 2"),
]  # fmt: skip


def page(answer: dict[str, Any], sources: list[SourceExcerpt]) -> BeautifulSoup:
    return BeautifulSoup(saved_page(answer, sources, SAVED), "lxml")


def test_an_answer_with_its_sources() -> None:
    shown = page(ANSWER.json(), SOURCES)
    text = shown.get_text(" ", strip=True)
    for words in ("Ann Lee lit it.", "How to cite: Quill, “A Lamp.”", "A LAMP · 1 May 2008", "2 January 2026, 03:04 UTC",
                  "post QUILL, date 2008 (preferred)", "a-model", "Quoted as it was: “as it was”"):  # fmt: skip
        assert words in text
    assert "A guess." not in text and "adapted" not in text
    assert [mark.text for mark in shown.find_all("mark")] == ["lit"]
    links = [(link["href"], link.text) for link in shown.select(".answer a")]
    assert links == [("#s1", "[QUILL 1 ¶1]"), ("#s2", "[QUILL 2]")]
    assert [each["id"] for each in shown.select(".sources > li")] == ["s1", "s2"]


def test_an_answer_that_abstains_and_a_table() -> None:
    table = AnswerTable(("post", "cables"), (("QUILL", 3), (None, 0)), False, "cables by post")
    shown = page(
        Answer("How many?", "extractive", abstained=True, reason="it cannot be counted", table=table).json(), []
    )
    text = shown.get_text(" ", strip=True)
    assert "No answer Note: it cannot be counted." in text
    assert "QUILL 3 0 Counted: cables by post; this may not be all of them." in text


def test_a_kept_answer_tells_what_became_of_its_sources() -> None:
    fields = replace(ANSWER, id="0123456789abcdef").json()
    for each, status in zip(fields["citations"], ("changed", "gone"), strict=True):
        each["status"] = status
    kept = fields | {"kept": "2025-01-01T00:00:00Z", "note": "for chapter 3", "withheld": 2}
    text = page(kept, SOURCES).get_text(" ", strip=True)
    for words in ("QUILL 1 ¶1 (changed since)", "QUILL 2 (gone)", "1 January 2025", "for chapter 3", "left out",
                  "/answers/0123456789abcdef"):  # fmt: skip
        assert words in text


def test_everything_is_escaped_and_nothing_is_loaded() -> None:
    answer = Answer(
        EVIL, "llm", (Sentence(EVIL, ("08QUILL1#1",)),), (Quote("08QUILL1#1", EVIL, EVIL, 0, 1),), reason=EVIL,
        filters=(Condition("post", EVIL),), trace={"model": EVIL, "prompt_hash": EVIL, "index": {"model": EVIL}},
        table=AnswerTable((EVIL,), ((EVIL,),), True, EVIL), id=EVIL,
    )  # fmt: skip
    source = SourceExcerpt("08QUILL1#1", EVIL, ((EVIL, True), (EVIL, False)), (EVIL,), (EVIL,), EVIL, EVIL)
    fields = answer.json() | {"kept": "2025-01-01T00:00:00Z", "note": EVIL, "withheld": 1}
    fields["citations"][0]["status"] = "changed"
    shown = page(fields, [source])
    allowed = {"html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "div", "p", "a", "ol", "li",
               "mark", "table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd", "span", "strong"}  # fmt: skip
    assert {tag.name for tag in shown.find_all(True)} <= allowed
    attributes = {name for tag in shown.find_all(True) for name in tag.attrs}
    assert attributes <= {"lang", "charset", "http-equiv", "content", "name", "class", "id", "href"}
    assert shown.select_one("meta[http-equiv]")["content"] == POLICY  # type: ignore[index]
    style = shown.style.text if shown.style else ""
    assert not re.search(r"url\(|@import", style)
    assert shown.get_text().count("alert(1)") >= 14
