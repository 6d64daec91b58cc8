import time
from collections.abc import Iterator

import pytest

from rag.catalog.catalog import Catalog
from rag.catalog.lookup import open_citation
from rag.checking.draft_check import CheckedCitation, check_draft, shown_keys
from rag.citing.citable import Citable, Holding
from rag.citing.citation_style import CitationStyle
from rag.citing.citation_text import cite_in
from rag.domain.access import Clearance
from rag.domain.marking import Level
from rag.index.lexical import LexicalIndex
from tests.rag.samples import make_cable

OIL = "The master hid eleven barrels of lamp oil."
CABLES = [
    make_cable("08QUILL1", OIL, ("U", "The bell rang at noon."), "It rained.", subject="OIL"),
    make_cable("07QUILL2", "One.", subject="SEVEN"),
    make_cable("08QUILL2", "Two.", subject="EIGHT"),
    make_cable("08HIDDEN5", "Nobody may know of the tunnel under the palace.", subject="A TUNNEL"),
]


@pytest.fixture
def lexical(catalog: Catalog) -> Iterator[LexicalIndex]:
    index = LexicalIndex(None)
    for cable in CABLES:
        catalog.put(cable)
    index.replace(CABLES)
    catalog.mark_indexed([str(cable.id) for cable in CABLES])
    yield index


def only(catalog: Catalog, lexical: LexicalIndex, text: str) -> CheckedCitation:
    [checked] = check_draft(text, catalog, lexical)
    assert text[checked.start : checked.end] == checked.text
    return checked


def test_a_right_citation(catalog: Catalog, lexical: LexicalIndex) -> None:
    quotation = {
        "start": 4,
        "end": 20,
        "text": "“eleven barrels”",
        "status": "exact",
        "differences": (),
        "keys": ("08QUILL1#1",),
    }
    assert only(catalog, lexical, "See “eleven barrels” (Quill 1 para 1).").json() == {
        "start": 22,
        "end": 36,
        "text": "Quill 1 para 1",
        "status": "ok",
        "key": "08QUILL1#1",
        "citation": "QUILL 1 ¶1",
        "url": "/cables/08QUILL1/paragraphs/1",
        "keys": ["08QUILL1#1"],
        "suggestions": [],
        "quotation": quotation,
        "quotations": [quotation],
    }


def test_a_range_and_a_whole_cable(catalog: Catalog, lexical: LexicalIndex) -> None:
    checked = only(catalog, lexical, "As QUILL 1, ¶¶1-3 says.")
    assert checked.keys == ("08QUILL1#1", "08QUILL1#2", "08QUILL1#3") and checked.key == "08QUILL1#1"
    assert only(catalog, lexical, "As QUILL 1, ¶¶1-4 says.").status == "unknown"
    whole = only(catalog, lexical, "As QUILL 1 says.")
    assert (whole.status, whole.key, whole.citation, whole.url) == ("ok", "08QUILL1", "QUILL 1", "/cables/08QUILL1")


def test_a_shared_label_is_ambiguous(catalog: Catalog, lexical: LexicalIndex) -> None:
    checked = only(catalog, lexical, "As QUILL 2 ¶1 says.")
    assert checked.status == "ambiguous"
    assert [each.key for each in checked.suggestions] == ["07QUILL2#1", "08QUILL2#1"]
    assert only(catalog, lexical, "As QUILL 2 ¶1 (2007) says.").key == "07QUILL2#1"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("QUIL 1 ¶1", "QUILL 1 ¶1"),
        ("09 QUILL 1 ¶1", "QUILL 1 ¶1"),
        ("QUILL 7 ¶1", "QUILL 1 ¶1"),
        ("QUILL 1 ¶9", "QUILL 1"),
    ],
)
def test_an_unknown_citation_has_suggestions(catalog: Catalog, lexical: LexicalIndex, text: str, first: str) -> None:
    checked = only(catalog, lexical, f"As {text} says.")
    assert (checked.status, checked.key) == ("unknown", None)
    assert first in [each.citation for each in checked.suggestions]


def test_a_quotation_that_stands_elsewhere_is_suggested(catalog: Catalog, lexical: LexicalIndex) -> None:
    checked = only(catalog, lexical, "“The bell rang at noon” (QUILL 1 ¶1).")
    assert checked.status == "ok" and [each.key for each in checked.suggestions] == ["08QUILL1#2"]
    unknown = only(catalog, lexical, "“The bell rang at noon” (08QUILL77).")
    assert unknown.status == "unknown" and "08QUILL1#2" in [each.key for each in unknown.suggestions]
    assert shown_keys([checked, unknown]) == ["08QUILL1#2", "08QUILL1#2"]


def test_the_worst_quotation_comes_first(catalog: Catalog, lexical: LexicalIndex) -> None:
    checked = only(catalog, lexical, "“eleven barrels” and “twelve barrels of lamp oil” (QUILL 1 ¶1).")
    assert [each.status for each in checked.quotations] == ["exact", "differs"]
    assert checked.quotation is not None and checked.quotation.status == "differs"


def test_what_may_not_be_seen_is_as_if_it_were_absent(catalog: Catalog, lexical: LexicalIndex) -> None:
    reader = Clearance(Level.U)
    drafts = ("08{post}5 ¶1 tells of “the tunnel under the palace”.", "{post} 5 ¶1, {post} 5 and 07{post}5#1.")

    def results(post: str) -> list[object]:
        texts = [draft.format(post=post) for draft in drafts]
        found = [check_draft(text, catalog.as_reader(reader), lexical.as_reader(reader)) for text in texts]
        return [[(each.start, each.status, each.suggestions, each.quotations) for each in one] for one in found]

    assert results("HIDDEN") == results("HIDEEN")


@pytest.mark.parametrize("style", [CitationStyle.CHICAGO, CitationStyle.CHICAGO_BIBLIOGRAPHY, CitationStyle.MLA])
def test_the_citations_that_are_printed_are_right(
    catalog: Catalog, lexical: LexicalIndex, style: CitationStyle
) -> None:
    opened = open_citation(catalog, "QUILL 1 ¶1")
    checked = only(catalog, lexical, f"1. {cite_in(style, Citable.of(opened, Holding())).text}\n")
    assert checked.status == "ok" and checked.quotations == ()
    assert checked.key == ("08QUILL1#1" if style is CitationStyle.CHICAGO else "08QUILL1")


def test_a_draft_of_a_megabyte_takes_seconds(catalog: Catalog, lexical: LexicalIndex) -> None:
    sentence = (
        f"He wrote “{OIL}” (QUILL 1 ¶1), and on May 12 in 2005 the talks of 14 ministers ended (“no such words here”). "
    )
    draft = (sentence * 1000 + "The ministers met in the harbour and said nothing to anybody. " * 16_000)[:999_000]
    started = time.perf_counter()
    assert len(check_draft(draft, catalog, lexical)) == 1000
    assert time.perf_counter() - started < 20
