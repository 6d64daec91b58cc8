import time

import pytest

from rag.checking.quotations import attributed
from rag.domain.citation import find_citations
from rag.domain.span import Span


def beside(text: str) -> dict[str, list[str]]:
    """The quoted words beside each citation, by the citation's serial."""
    citations = [each.with_post("QUILL") for each in find_citations(text) if "QUILL" in each.words]
    spans = [Span(each.start, each.end) for each in citations]
    return {
        str(citations[at].serial): [
            " ".join(part.of(text) for part in quotation.parts).rstrip(".,") for quotation in quotations
        ]
        for at, quotations in attributed(text, spans).items()
    }


@pytest.mark.parametrize(
    "text",
    [
        "He wrote “lamp oil is short” (QUILL 12 ¶3).",
        'He wrote "lamp oil is short." (QUILL 12 ¶3)',
        "He wrote «lamp oil is short», QUILL 12 ¶3.",
        "He wrote ‘lamp oil is short’ [see QUILL 12 ¶3].",
        "QUILL 12 ¶3 says that “lamp oil is short” in the port.",
        "According to QUILL 12, “lamp oil is short.”",
        "“lamp oil is short,” the master told them, as QUILL 12 ¶3 has it.",
        "> lamp oil is short\n\n(QUILL 12 ¶3)",
        "> lamp oil is short\n>\n> — [QUILL 12 ¶3](http://reader/read/08QUILL12)\n",
        "As QUILL 12 ¶3 has it:\n\n> lamp oil is short\n\nSo it was.",
        "He wrote:\n\n    lamp oil is short\n\nQUILL 12 ¶3.",
    ],
)
def test_a_quotation_belongs_to_the_citation_beside_it(text: str) -> None:
    assert beside(text) == {"12": ["lamp oil is short"]}


@pytest.mark.parametrize(
    "text",
    [
        "He wrote “lamp oil is short.” The bell rang (QUILL 12 ¶3).",
        "It rang (QUILL 12 ¶3). He wrote “lamp oil is short.”",
        "He wrote “lamp oil is short”.\n\nThe bell of QUILL 12 ¶3 rang.",
        "He wrote “lamp oil\n\nis short” (QUILL 12 ¶3).",
        'The 5" shell (QUILL 12 ¶3).',
        "He said “as QUILL 12 ¶3 has it, oil is short” and left.",
        "> lamp oil is short (QUILL 12 ¶3) and other things were said\n",
    ],
)
def test_a_quotation_elsewhere_belongs_to_none(text: str) -> None:
    assert beside(text) == {}


def test_each_citation_has_its_own() -> None:
    assert beside("“one thing” (QUILL 12 ¶3) and “another thing” (QUILL 13).") == {
        "12": ["one thing"],
        "13": ["another thing"],
    }
    assert beside("QUILL 12 ¶3 says “one thing” and QUILL 13 says “another thing”.") == {
        "12": ["one thing"],
        "13": ["another thing"],
    }
    assert beside("He said “one. Thing!” and “another” (QUILL 12 ¶3).") == {"12": ["one. Thing!", "another"]}


def test_the_lines_of_a_block_are_one_quotation() -> None:
    assert beside("> lamp oil\n> is short\n\n— QUILL 12 ¶3") == {"12": ["lamp oil is short"]}


@pytest.mark.parametrize(
    "unit", ['"', '"a ', "“", "‘", "’a", "‘a ", "> a\n", "    a\n", "a. ", "\n", "> ", "«»", "“a” QUILL 1 ¶2 "]
)
def test_reading_is_linear(unit: str) -> None:
    text = unit * (400_000 // len(unit))
    spans = [Span(each.start, each.end) for each in find_citations(text)]
    started = time.perf_counter()
    attributed(text, spans)
    assert time.perf_counter() - started < 10
