from datetime import UTC, datetime

import pytest

from rag.encoders.embedding import PACKAGED_MODEL, model_folder
from rag.index.window_entries import StoredWindow, Window, WindowEntries, fields_of
from tests.rag.samples import make_cable


@pytest.fixture(scope="module")
def entries() -> WindowEntries:
    return WindowEntries(model_folder(PACKAGED_MODEL))


def test_windows_are_numbered_within_their_paragraph(entries: WindowEntries) -> None:
    windows = entries.of([make_cable("08QUILL1", "A lantern was lit.", "The tide turned again. " * 200)])
    first, *second = windows
    assert first.id == "08QUILL1#1/0" and first.key == "08QUILL1#1"
    assert [window.id for window in second] == [f"08QUILL1#2/{number}" for number in range(len(second))]
    assert len(second) > 2 and {window.key for window in second} == {"08QUILL1#2"}


def test_a_window_is_the_context_and_a_piece_of_the_text(entries: WindowEntries) -> None:
    cable = make_cable("08QUILL1", "A lantern was lit.", subject="LIGHTS")
    (window,) = entries.of([cable])
    assert entries.texts(cable, cable.paragraphs[0]) == [window.text]
    assert window.text == "QUILL. 28 August 2008. LIGHTS\nA lantern was lit."


def test_paragraphs_that_the_encoder_may_not_read_have_no_windows() -> None:
    entries = WindowEntries(model_folder(PACKAGED_MODEL), lambda marking: marking == "U")
    cable = make_cable("08QUILL1", ("C", "A lantern."), ("U", "A ferry."))
    assert [window.id for window in entries.of([cable])] == ["08QUILL1#2/0"]
    assert entries.texts(cable, cable.paragraphs[0])  # for reading, not for the index


def test_windows_with_one_text_have_one_digest() -> None:
    assert Window("a#1/0", "text", {}).digest == Window("b#2/1", "text", {"post": "B"}).digest
    assert Window("a#1/0", "text", {}).digest != Window("a#1/0", "other text", {}).digest
    assert StoredWindow("08QUILL1#5~2/3", "digest").key == "08QUILL1#5~2"


def test_the_fields_hold_what_searches_filter_on() -> None:
    cable = make_cable("08NEWDELHI1", ("S//NF", "x"), classification="secret", tags=("PREL", "ETRD"))
    assert fields_of(cable, cable.paragraphs[0]) == {
        "cable_id": "08NEWDELHI1",
        "post": "NEWDELHI",
        "access": "S/NF",
        "header_access": "S",
        "classification": "SECRET",
        "seconds": int(datetime(2008, 8, 28, 13, 37, tzinfo=UTC).timestamp()),
        "tag:PREL": True,
        "tag:ETRD": True,
    }
    undated = make_cable("08QUILL1", "x", day=None)
    assert "seconds" not in fields_of(undated, undated.paragraphs[0])
