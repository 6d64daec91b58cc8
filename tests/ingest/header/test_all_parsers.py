"""All parsers of header fields together: pass rates on the shared cases, real cables, any text, and time."""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingest.header.addresses import dtg_text, parse_dtg, parse_origin, parse_recipients
from ingest.header.classified_by import parse_classified_by
from ingest.header.declassification import parse_declassification
from ingest.header.message_line import parse_caveats, parse_classification, parse_message_line
from ingest.header.references import parse_references
from ingest.header.signers import parse_signers
from ingest.header.subject import parse_subject, parse_subject_marking
from ingest.header.tags import parse_tags
from tests.ingest.shared_data import shared

# What the parsers reach on the shared half of the cases; a change may not fall below.
FLOORS = {
    "subject": 27,
    "tags": 42,
    "references": 50,
    "signers": 19,
    "classified_by": 92,
}

PARSERS: dict[str, Callable[[str], Any]] = {
    "parse_subject": parse_subject,
    "parse_subject_marking": parse_subject_marking,
    "parse_tags": parse_tags,
    "parse_references": lambda text: parse_references(text, 2008, "08TOKYO1"),
    "parse_signers": parse_signers,
    "parse_classified_by": parse_classified_by,
    "parse_classification": parse_classification,
    "parse_caveats": parse_caveats,
    "parse_recipients": parse_recipients,
    "parse_origin": parse_origin,
    "parse_dtg": parse_dtg,
    "dtg_text": dtg_text,
    "parse_declassification": parse_declassification,
    "parse_message_line": parse_message_line,
}


def _passes(field: str, case: dict[str, Any]) -> bool:
    if field == "references":
        return bool(parse_references(case["in"], case["year"], case.get("id")) == case["out"])
    parsed = PARSERS[f"parse_{field}"](case["in"])
    return bool(parsed == case["out"] or (field == "subject" and parsed is None and case["out"] == ""))


@pytest.mark.parametrize("field", FLOORS)
def test_shared_cases(field: str) -> None:
    cases = json.loads((shared("parse-cases") / "cases.json").read_text())[field]
    missed = [index for index, case in enumerate(cases) if not _passes(field, case)]
    assert len(cases) - len(missed) >= FLOORS[field], f"missed: {missed}"


FRAGMENTS = st.sampled_from(
    [
        "SUBJECT: ",
        "TAGS: ",
        "REF: ",
        "REF: A. ",
        "Classified By: ",
        "E.O. 12958: ",
        "DECL: ",
        "SUMMARY",
        "END SUMMARY",
        "1. (C) ",
        "¶",
        "[1](#)",
        "&#8217;",
        "\\\n",
        "\n",
        "\n\n",
        " ",
        "  ",
        "PAGE 02 BERN 00123 01 OF 02 010203Z",
        "BERN 00000123 001.2 OF 002",
        "STATE 123",
        "07 ",
        "2007",
        "(",
        ")",
        ",",
        ";",
        ".",
        ":",
        "/",
        "-",
        "----",
        "A",
        "b",
        "\n",
        "S E C R E T ",
        "UNCLAS ",
        "SECTION 01 OF 02 ",
        "TOKYO 002340",
        "NOFORN",
        "SIPDIS",
        "SENSITIVE",
        "FM AMEMBASSY BERN",
        "TO RUEHC/SECSTATE WASHDC ",
        "\n",
        "INFO ",
        "IMMEDIATE",
        "O 281337Z AUG 08",
        "310000Z FEB 08",
        "08/28/2018",
        "OVIP (ROE, JANE)",
        "PREL",
        "Charge d'Affaires",
        "Jane Roe",
        "JR.",
        "reasons 1.4 ",
        "\n",
        "NNNN",
        "xxxx",
        "İ",
        "ſ",
        "ı",
        "٣",
        "²",
        "\x00",
        "\u2028",
        "\r\n",
        '"',
        "“",
        "'",
        "’",
        "REL TO USA, GBR",
    ]
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(st.one_of(FRAGMENTS, st.text(max_size=6)), max_size=60).map("".join))


@settings(max_examples=400, deadline=None)
@given(TEXTS)
@example("")
@example("SUBJECT:")
@example("TAGS:")
@example("REF:")
@example("Classified By:")
@example("CONFİDENTIAL BERN 000001")
@example("O 281337Z ſEP 08")
def test_no_text_raises(text: str) -> None:
    for parse in PARSERS.values():
        parse(text)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_results_are_clean(text: str) -> None:
    references = parse_references(text, 2008, "08TOKYO1")
    assert len(set(references)) == len(references)
    assert all(reference.isalnum() and reference == reference.upper() for reference in references)
    tags = parse_tags(text)
    assert len(set(tags)) == len(tags)
    subject = parse_subject(text)
    assert subject is None or subject == " ".join(subject.split())


REPEATED = (
    ".", "7", "a", "A", " ", "\n", "A ", "a.", "(", "¶", "-", "- ", "'", '"', "\\", "/", "\t", "\n ", "A\n", "\n1.", "0000",
    "REF: ", "REF: A. ", "REF: PARIS ", "SUBJECT: ", "TAGS: A ", "Classified By: ", "PAGE 02 ", "BERN 00001234 001 OF ",
    "SUMMARY ", "END ", "C O N F ", "SECRET//", "REL TO USA, ", "TO A\n", "DECL: ", "visit ", "[A](", "&#1", "R E A S O N ",
)  # fmt: skip


@pytest.mark.parametrize("unit", REPEATED)
def test_a_megabyte_of_anything_is_read_at_once(unit: str) -> None:
    text = unit * (1_000_000 // len(unit))
    for label in ("", "REF: ", "TAGS: ", "SUBJECT: ", "Classified By: ", "SECRET "):
        for name, parse in PARSERS.items():
            # Once more where something else took the time: a pattern that backtracks is slow each time.
            assert seconds(parse, label + text) < 0.5 or seconds(parse, label + text) < 0.5, f"{name} on {label!r}"


def seconds(parse: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    parse(text)
    return time.process_time() - start


def test_a_cable_is_read_in_two_milliseconds() -> None:
    cables = [path.read_text()[:10_000] for path in sorted(shared("cables/tokyo").glob("*.txt"))]
    for parse in PARSERS.values():
        parse(cables[0])
    fastest = []
    for _ in range(5):
        start = time.process_time()
        # A comment in front makes each text new, so that nothing comes from a cache.
        for number, cable in enumerate(cables):
            for parse in PARSERS.values():
                parse(f"{start}{number}\n{cable}")
        fastest.append((time.process_time() - start) / len(cables))
    # Twice the time allowed, for machines slower than the one it was measured on (0.7 ms).
    assert min(fastest) < 0.004
