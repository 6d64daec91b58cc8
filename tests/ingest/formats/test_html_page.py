"""Pages of the WikiLeaks viewer, and other HTML."""

import pytest

from ingest.errors import NotACable
from ingest.formats.html_page import is_html, read_html
from ingest.formats.raw_telegram import RawTelegram
from rag.domain.cable_json import iso_utc
from tests.ingest.documents import one, reason, telegram
from tests.ingest.invented import html_page, read_one


def test_withheld_header_is_noted() -> None:
    parsed = read_one(
        html_page(header="This record is a partial extract of the original cable. The rest is not available.")
    )
    assert parsed.problems == ("partial extract of the original cable",)
    assert iso_utc(parsed.date) == "2008-08-26T09:04:00Z"


def test_table_and_blocks_become_metadata_header_and_body() -> None:
    (telegram,) = read_html(html_page())
    assert isinstance(telegram, RawTelegram)
    assert (telegram.metadata.id, telegram.metadata.origin) == ("08QUILLHAVEN2340", "Embassy Quillhaven")
    assert telegram.header.startswith("VZCZCXRO8600\n")
    assert "¶1. (C) Summary." in telegram.body
    assert telegram.note is None


def test_other_pages_give_their_visible_text() -> None:
    (telegram,) = read_html("<html><head><title>T</title></head><body><p>One <b>lamp</b></p>two<br>three</body></html>")
    assert isinstance(telegram, RawTelegram)
    assert [line for line in telegram.body.split("\n") if line] == ["One lamp", "two", "three"]


def test_a_page_without_text_is_no_cable() -> None:
    (problem,) = read_html("<!-- -->")
    assert isinstance(problem, NotACable)


def test_html_is_recognised_by_how_it_opens() -> None:
    assert all(map(is_html, (html_page(), " <!DOCTYPE html>", "<HTML>", "<!-- saved -->")))
    assert not is_html("UNCLAS <html>")


_MENU = "".join(f'<li><a href="/s{number}">Section {number} of the menu</a></li>' for number in range(30))
_FOOT = '<div class="footer"><p>Donate with your credit card, menu.</p><form><label>menu</label><input/></form></div>'
_SIDE = f'<div id="sidebar"><h3>Related menu</h3>{"".join(f"<p><a>menu story {number}</a></p>" for number in range(12))}</div>'


def _page(content: str) -> str:
    return (
        f'<html><head><title>menu</title></head><body><div id="nav"><ul>{_MENU}</ul></div>{_SIDE}'
        f'<div class="content"><h1>A page</h1><div class="share"><a>Share, menu</a></div>{content}</div>{_FOOT}</body></html>'
    )


_SHAPES = {
    "paragraphs": lambda text: "".join(f"<p>{part}</p>".replace("\n", "<br/>") for part in text.split("\n\n")),
    "lines": lambda text: "".join(f"<p>{line}</p>" for line in text.split("\n")),
    "breaks": lambda text: f"<div>{text}</div>".replace("\n", "<br>\n"),
    "preformatted": lambda text: f"<pre>{text}</pre>",
    "table": lambda text: f"<table><tr><td>{text}</td></tr></table>".replace("\n", "<br>"),
}


@pytest.mark.parametrize("shape", _SHAPES)
def test_the_main_text_of_an_unknown_page(shape: str) -> None:
    cable = one(_page(_SHAPES[shape](telegram())))
    assert [each.marking for each in cable.paragraphs] == ["U", "C"]
    assert (cable.signers, cable.subject) == (("SULLIVAN",), 'STATION SUSPENDS "NEWS", AGAIN')
    assert "menu" not in repr(cable)


@pytest.mark.parametrize("content", ["<p>short</p>", "<p>The minister said that he would resign, if asked.</p>" * 20])
def test_a_page_without_a_telegram_is_refused(content: str) -> None:
    assert "HTML page" in reason(_page(content))


def test_a_bare_page_is_read_whole() -> None:
    lines = "".join(f"<p class=MsoNormal>{line}<o:p></o:p></p>" for line in telegram().split("\n"))
    assert len(one(f"<html lang=en><body><div>{lines}</div></body></html>").paragraphs) == 2
    assert len(one(f"<div dir='ltr'>{telegram()}</div>".replace("\n", "<br>")).paragraphs) == 2
