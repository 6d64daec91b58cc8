from dataclasses import replace
from datetime import date
from types import SimpleNamespace

from rag.catalog.cable_record import cable_from_record, paragraph_from_row
from rag.domain.cable import Recipient
from rag.domain.cable_json import cable_json
from rag.domain.paragraph_key import Locator
from tests.rag.samples import make_cable

FULL = replace(
    make_cable("08QUILL12", "A lamp.", ("U", "A bell."), references=("07QUILL3",)),
    dtg="O 281337Z AUG 08",
    caveats=("NOFORN",),
    declassify_on=date(2018, 8, 28),
    origin="AMEMBASSY QUILL",
    subject_marking="U",
    classified_by=("DCM A. Person",),
    signers=("PERSON",),
    recipients=(Recipient("to", "SECSTATE WASHDC", "IMMEDIATE"), Recipient("info", "AMEMBASSY CAIRO")),
    summary=Locator(2),
    variants=("copy.txt",),
    problems=("two paragraphs 5",),
)
EMPTY = replace(make_cable("08QUILL12"), date=None, subject=None, classification=None, summary=None)


def test_a_cable_is_read_back_from_its_json_object() -> None:
    for cable in (FULL, EMPTY):
        assert cable_from_record(cable_json(cable), cable.paragraphs) == cable


def test_a_paragraph_is_read_back_from_its_row() -> None:
    paragraph = replace(FULL.paragraphs[1], heading="Bells", heading_marking="C")
    row = SimpleNamespace(
        key="08QUILL12#2",
        text=paragraph.text,
        layout=paragraph.layout,
        marking="U",
        effective_marking="U",
        heading="Bells",
        heading_marking="C",
    )
    assert paragraph_from_row(row) == paragraph
