"""Any encoding, and nothing undecodable lost in silence."""

import codecs

import pytest

from ingest.errors import NotACable
from ingest.formats.decode import decode

_TEXT = "TAGS: PREL\nThe café in Oſtermere — “lamp” ¶3.\n"
_WESTERN = "TAGS: PREL\nThe café in Ostermere, the naïve façade, the crème brûlée – “lamp” ¶3.\n" * 5


@pytest.mark.parametrize(
    "data",
    [
        _TEXT.encode(),
        codecs.BOM_UTF8 + _TEXT.encode(),
        _TEXT.encode("utf-16"),
        codecs.BOM_UTF16_BE + _TEXT.encode("utf-16-be"),
        _TEXT.encode("utf-32"),
        _TEXT.replace("\n", "\r\n").encode(),
        _TEXT.replace("\n", "\r").encode(),
    ],
)
def test_unicode_in_all_forms(data: bytes) -> None:
    assert decode(data) == (_TEXT, ())


def test_windows_text_is_read_and_noted() -> None:
    text, problems = decode(_WESTERN.encode("cp1252"))
    assert text == _WESTERN
    assert len(problems) == 1


def test_broken_bytes_stay_visible() -> None:
    text, problems = decode(_TEXT.encode() * 3 + b"the \xff lamp\n")
    assert text.endswith("the \\xff lamp\n")
    assert text.startswith(_TEXT)
    assert problems


def test_odd_utf16_is_kept() -> None:
    text, problems = decode(_TEXT.encode("utf-16") + b"\x41")
    assert text.startswith(_TEXT)
    assert problems


@pytest.mark.parametrize(
    "data", [b"", b"\n \n", b"\0\0\0", b"PK\x03\x04zip", bytes(range(256)) * 4, b"lamp\x00\x01\x02\x03" * 9]
)
def test_empty_and_binary_are_refused(data: bytes) -> None:
    with pytest.raises(NotACable):
        decode(data)


def test_a_stray_control_character_is_no_binary() -> None:
    text, problems = decode(b"the lamp is lit \x0c and the keeper \x00 sleeps " + b"lamp " * 40)
    assert "\x00" not in text
    assert problems == ()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_wide_text_without_a_byte_order_mark(encoding: str) -> None:
    text, problems = decode((_TEXT * 3).encode(encoding))
    assert text == _TEXT * 3
    assert problems == (f"read as {encoding}: no byte order mark",)
