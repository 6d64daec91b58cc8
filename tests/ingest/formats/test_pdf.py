"""PDF files with and without text."""

from ingest.formats.pdf import is_pdf
from tests.ingest.documents import one, pdf, reason, telegram

_STAMP = "UNCLASSIFIED U.S. Department of State Case No. F-2014-20439 Doc No. C05760001 Date: 08/31/2015"


def test_pages_are_one_telegram_without_what_returns_at_their_edges() -> None:
    top, bottom = telegram().split("\n\n1.")
    file = pdf(f"{_STAMP}\nThe Archive\n\n{top}\n\nPage 1 of 2", f"{_STAMP}\nThe Archive\n1.{bottom}\nPage 2 of 2")
    cable = one(file)
    assert [each.marking for each in cable.paragraphs] == ["U", "C"] and cable.signers == ("SULLIVAN",)
    assert cable.paragraphs[1].text == "The licence ends on May 31."
    assert cable.problems == ()


def test_pages_without_text_need_ocr() -> None:
    assert "OCR" in reason(pdf("", ""))
    assert one(pdf(telegram(), "")).problems == ("pages without text, which need OCR: 2",)


def test_divided_words_are_whole_again() -> None:
    text = (
        telegram()
        .replace("suspended\nits evening", "suspen-\nded its well-known, long-\nterm evening")
        .replace("licence", "long licence")
    )
    assert "suspended its well-known, long-term evening" in one(pdf(text)).paragraphs[0].text


def test_damaged_files_are_refused() -> None:
    assert "damaged PDF" in reason(pdf(telegram())[:300])
    assert "damaged PDF" in reason(b"%PDF-1.4\n" + b"x" * 500)


def test_pdf_is_recognised_by_its_signature() -> None:
    assert is_pdf(b"%PDF-1.7\n") and not is_pdf(b"about %PDF- files")
