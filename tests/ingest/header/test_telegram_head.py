"""Where the head of a telegram ends, and what is a telegram at all."""

import pytest

from ingest.formats.metadata import Metadata
from ingest.formats.raw_telegram import RawTelegram
from ingest.header.telegram_head import head_end, is_copy_note, is_telegram
from tests.ingest.invented import HEAD

_LINES = HEAD.split("\n")


@pytest.mark.parametrize("text", ["1. (C) The lamp.", "The lamp is lit.", "(U) The lamp is lit.", "SUMMARY\n-------"])
def test_the_head_ends_before_the_text(text: str) -> None:
    lines = [*_LINES, *text.split("\n")]
    assert "\n".join(lines[head_end(lines) :]).lstrip() == text


def test_captions_and_addressees_below_the_subject_belong_to_the_head() -> None:
    lines = [*_LINES, "SENSITIVE", "", "DEPARTMENT PASS USTR", "", "1. (C) The lamp."]
    assert lines[head_end(lines) :] == ["", "1. (C) The lamp."]


def test_a_text_without_labels_has_no_head() -> None:
    assert head_end(["SIPDIS", "The lamp is lit."]) == 0


def test_two_elements_or_a_declared_id_make_a_telegram() -> None:
    raw = RawTelegram("")
    assert is_telegram(raw, ["UNCLAS TOKYO 002340", "TAGS: PREL"])
    assert not is_telegram(raw, ["SUBJECT: lamps", "REF: none"])
    assert not is_telegram(raw, [])
    assert is_telegram(RawTelegram("", metadata=Metadata(id="08TOKYO1")), [])


def test_corrected_copies_are_recognised() -> None:
    assert is_copy_note("C O R R E C T E D  C O P Y (ADDED TAGS)") and is_copy_note("CORRECT COPY")
    assert not is_copy_note("CORRECTED TEXT")
