"""The five Tokyo cables, field by field and paragraph by paragraph."""

from dataclasses import dataclass

import pytest

from ingest.parser import parse
from ingest.sources.document import Document
from rag.domain.cable import Cable
from rag.domain.cable_json import iso_utc
from tests.ingest.shared_data import shared


@dataclass(frozen=True, slots=True)
class Expected:
    date: str
    subject: str
    tags: tuple[str, ...]
    references: tuple[str, ...]
    classified_by: tuple[str, ...]
    signers: tuple[str, ...]
    paragraphs: tuple[tuple[str, str, str | None], ...]
    classification: str = "CONFIDENTIAL"
    post: str = "TOKYO"
    summary: str = "1"


def _under(heading: str | None, *paragraphs: str) -> tuple[tuple[str, str, str | None], ...]:
    """`1C` as number, marking and heading."""
    return tuple((each[:-1], each[-1], heading) for each in paragraphs)


EXPECTED = {
    "08TOKYO2340": Expected(
        date="2008-08-26T09:04:00Z",
        subject="JAPAN CALLS ON INTERNATIONAL COMMUNITY TO SUPPORT GEORGIA'S SOVEREIGNTY AND TERRITORIAL INTEGRITY",
        tags=("PREL", "MARR", "JA", "RS", "GG"),
        references=("08STATE89769", "08STATE90978"),
        classified_by=("James P. Zumwalt",),
        signers=("ZUMWALT",),
        paragraphs=(
            *_under(None, "1C"),
            *_under("Japan Concerned About Russian Actions", "2C"),
            *_under("Russia-Georgia Conflict: Diplomatic Engagement", "3C"),
            *_under("Recognition of Abkhazia and S. Ossetia", "4C", "5c"),
            *_under("Kosovo", "6C"),
            *_under("G7 FM Telephone Call", "7C"),
        ),
    ),
    "08TOKYO2367": Expected(
        date="2008-08-28T13:37:00Z",
        subject="MOFA EUROPEAN AFFAIRS DDG ON JAPAN-RUSSIA-GEORGIA",
        tags=("PREL", "PHUM", "MARR", "RS", "GG", "JA"),
        references=(),
        classified_by=("James P. Zumwalt",),
        signers=("ZUMWALT",),
        paragraphs=(*_under("SUMMARY", "1C"), *_under(None, "2C", "3C", "4C", "5C", "6U")),
    ),
    "08TOKYO3205": Expected(
        date="2008-11-19T09:42:00Z",
        subject="RUSSIA FM CRITCIZES JAPAN'S ROLE IN G8 REGARDING GEORGIA",
        tags=("PREL", "PGOV", "ECON", "JA", "RS", "KN"),
        references=(),
        classified_by=("J. Thomas Schieffer",),
        signers=("SCHIEFFER",),
        paragraphs=(
            *_under(None, "1C"),
            *_under("Pointed Displeasure", "2C", "3C"),
            *_under("Northern Territories", "4C"),
            *_under("Georgia", "5C", "6C"),
            *_under("Global Financial Turmoil", "7C"),
            *_under("North Korea", "8C"),
            *_under("2008 Summit Meetings: Medvedev Maybe; Putin Probably Not", "9C"),
        ),
    ),
    "08TOKYO1002": Expected(
        date="2008-04-11T06:26:00Z",
        subject="MOSCOW LINKS EUROPEAN AND ASIAN SECURITY ENVIRONMENTS DURING JAPAN-RUSSIA STRATEGIC DIALOGUE",
        tags=("PREL", "MARR", "PARM", "JA", "RS"),
        references=("08TOKYO960", "07TOKYO5019", "07TOKYO2690"),
        classified_by=("W. Michael Meserve",),
        signers=("MESERVE",),
        paragraphs=(
            *_under(None, "1C", "2U"),
            *_under("Renewed Concerns on Missile Defense", "3C", "4C", "5C"),
            *_under("New Japan-Russia Security Dialogue", "6C"),
            *_under("Economics and Northern Territories", "7C"),
            *_under("PM and FM Visits", "8C"),
            *_under("China, Other Regional and Global Issues", "9C", "10C"),
        ),
    ),
    "07TOKYO2287": Expected(
        date="2007-05-22T07:50:00Z",
        subject="JAPAN-RUSSIA VICE MINISTER TALKS: NO PROGRESS ON NORTHERN TERRITORIES",
        tags=("PREL", "PGOV", "JA", "RU"),
        references=(),
        classified_by=("J. Thomas Schieffer",),
        signers=("SCHIEFFER",),
        paragraphs=(
            *_under(None, "1C", "2C"),
            *_under("Bilateral Issues -- Political", "3C"),
            *_under("Bilateral Issues -- Economic", "4C", "5C"),
            *_under("Multilateral/Regional Issues", "5~2C", "6C"),
        ),
    ),
}


@pytest.fixture(scope="module")
def cables() -> dict[str, Cable]:
    parsed = {}
    for file in sorted(shared("cables/tokyo").iterdir()):
        for cable in parse(Document(file.name, file.read_bytes())):
            parsed[str(cable.id)] = cable
    return parsed


def test_all_five_are_found(cables: dict[str, Cable]) -> None:
    assert set(cables) == set(EXPECTED)


@pytest.mark.parametrize("key", EXPECTED)
def test_fields(cables: dict[str, Cable], key: str) -> None:
    cable, expected = cables[key], EXPECTED[key]
    assert iso_utc(cable.date) == expected.date
    assert cable.post == expected.post
    assert cable.subject == expected.subject
    assert cable.tags == expected.tags
    assert cable.references == expected.references
    assert cable.classified_by == expected.classified_by
    assert cable.signers == expected.signers
    assert cable.classification == expected.classification
    assert cable.summary_key == f"{key}#{expected.summary}"
    assert set(cable.problems) <= {"a corrected copy"}


@pytest.mark.parametrize("key", EXPECTED)
def test_paragraphs(cables: dict[str, Cable], key: str) -> None:
    parsed = tuple((str(each.key.locator), each.marking, each.heading) for each in cables[key].paragraphs)
    assert parsed == EXPECTED[key].paragraphs


@pytest.mark.parametrize("key", EXPECTED)
def test_no_artefact_is_left(cables: dict[str, Cable], key: str) -> None:
    for paragraph in cables[key].paragraphs:
        for text in (paragraph.text, paragraph.layout):
            assert "](#)" not in text
            assert "¶" not in text
            assert " OF 002" not in text
            assert "SIPDIS" not in text
            assert "-----" not in text
    last = cables[key].paragraphs[-1]
    assert not last.text.endswith(EXPECTED[key].signers[0])


def test_text_folds_lines_and_keeps_what_is_printed(cables: dict[str, Cable]) -> None:
    third = cables["08TOKYO2340"].paragraphs[2]
    assert "- sure what is happening" in third.text
    assert "&it is not easy" in third.text
    assert "Russia,s" in third.text
    assert "\n" not in third.text
    assert "\n\n-- Humanitarian Corridor:" in third.layout
    assert third.text == " ".join(third.layout.split())
    split = cables["08TOKYO2367"].paragraphs[2]
    assert "difficulty in finding an effective way" in split.text
