"""RTF files."""

from ingest.formats.rtf import is_rtf
from tests.ingest.documents import one, reason, summary, telegram

_FONTS = "{\\fonttbl{\\f0\\fmodern\\fcharset0 Courier New;}}{\\header page head\\par}{\\footer Page 1\\par}"


def test_characters_and_paragraphs() -> None:
    text = telegram().replace('"NEWS"', "\\ldblquote NEWS\\rdblquote ").replace("licence", "lic\\u233?nc\\'e9")
    cable = one(f"{{\\rtf1\\ansi\\ansicpg1252\\uc1{_FONTS}\\f0 " + text.replace("\n", "\\par\n") + "}")
    assert cable.subject == "STATION SUSPENDS “NEWS”, AGAIN"
    assert cable.paragraphs[1].text == "The licéncé ends on May 31."
    assert "page head" not in repr(cable)


def test_lines_and_cells() -> None:
    for form in ("{{\\rtf1 {}\\par}}", "{{\\rtf1 \\trowd\\cellx9000 {}\\cell\\row}}"):
        assert summary(form.format(telegram().replace("\n", "\\line "))) == ["02HARARE1051 UC SULLIVAN"]


def test_crafted_files_are_read_in_linear_time() -> None:
    assert reason("{\\rtf1 {\\fonttbl" + "\\f1" * 100_000 + "}" + "{\\field{\\*\\fldinst{" * 20_000 + "}")
    assert "over 8 MB" in reason("{\\rtf1 " + "x" * (8 * 1024 * 1024) + "}")


def test_damaged_files_are_refused() -> None:
    assert "damaged RTF" in reason("{\\rtf1 \\pict\\bin }")
    assert is_rtf(b"{\\rtf1") and not is_rtf(b'{"rtf": 1}')
